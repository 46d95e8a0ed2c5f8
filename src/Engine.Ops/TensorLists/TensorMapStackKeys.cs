using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>The keys of a map as one tensor; they must be of one shape.</summary>
[Op("TensorMapStackKeys")]
internal sealed class TensorMapStackKeys : IOp
{
    public static void InferShapes(InferenceContext c)
    {
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("key_dtype");
        return Kernel.From(context =>
        {
            var keys = context.Map().Items.Values.Select(e => e.Key).ToArray();
            if (keys.Length == 0)
                throw EngineException.InvalidArgument("TensorMapStackKeys cannot be called on empty map.");
            foreach (var key in keys)
            {
                if (key.Type != type || key.Shape != keys[0].Shape)
                    throw EngineException.InvalidArgument("Key does not match requested dtype, or keys have different shapes.");
            }
            ListContext.CopyRows(context, keys, context.Allocate(0, Shape.Vector(keys.Length).Concat(keys[0].Shape)));
        });
    }
}
