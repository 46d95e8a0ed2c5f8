using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>The tensor of a key, which must be there.</summary>
[Op("TensorMapLookup")]
internal sealed class TensorMapLookup : IOp
{
    public static void InferShapes(InferenceContext c)
    {
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("value_dtype");
        return Kernel.From(context =>
        {
            if (!context.Map().Items.TryGetValue(TensorMap.Identity(context.Input(1)), out var entry))
                throw EngineException.InvalidArgument("Trying to lookup non-existent key.");
            if (entry.Value.Type != type)
                throw EngineException.Internal($"Output 0 of type {entry.Value.Type.Name()} does not match declared output type {type.Name()}");
            context.SetOutput(0, entry.Value);
        });
    }
}
