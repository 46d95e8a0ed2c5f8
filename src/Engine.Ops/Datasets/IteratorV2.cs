using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.Datasets;

/// <summary>A handle to an iterator that is started later.</summary>
[Op("IteratorV2", "Iterator", "AnonymousIterator", "AnonymousIteratorV2", "AnonymousIteratorV3")]
internal sealed class IteratorV2 : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        for (var i = 0; i < c.OutputCount; i++)
            c.SetOutput(i, PartialShape.Scalar);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (types, shapes) = (node.Types("output_types"), node.Shapes("output_shapes"));
        if (node.Find("shared_name") is null)
            return Kernel.From(context =>
            {
                var name = $"AnonymousIterator{context.Session.NextAnonymous()}";
                context.Session.Resources.GetOrCreate("", name, () => new IteratorResource(types, shapes));
                context.MoveOutput(0, Tensor.Scalar(new ResourceHandle("", name)));
                if (context.OutputCount > 1)
                    context.Allocate(1, Shape.Scalar).AsSpan<object>()[0] = name;
            });
        var shared = node.String("shared_name");
        var handle = new ResourceHandle(node.String("container"), shared.Length > 0 ? shared : node.Node.Name);
        return Kernel.From(context =>
        {
            var iterator = context.Session.Resources.GetOrCreate(handle, () => new IteratorResource(types, shapes));
            if (!iterator.Types.SequenceEqual(types))
                throw EngineException.InvalidArgument($"Iterator '{handle.Name}' has other types than the op's.");
            context.MoveOutput(0, Tensor.Scalar(handle));
        });
    }
}
