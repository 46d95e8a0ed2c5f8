using Engine.OpModel;
using Engine.Ops.TensorLists;
using Engine.Resources;

namespace Engine.Ops.Datasets;

/// <summary>The next tuple of an iterator as an optional value, which is none at the end.</summary>
[Op("IteratorGetNextAsOptional")]
internal sealed class IteratorGetNextAsOptional : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (types, shapes) = (node.Types("output_types"), node.Shapes("output_shapes"));
        return Kernel.From(context =>
        {
            var tuple = context.Resource<IteratorResource>(0).Next(context.Run);
            if (tuple is not null)
                IteratorGetNext.Check(tuple, types, shapes);
            context.Allocate(0, Shape.Scalar).AsSpan<object>()[0] = new OptionalVariant(tuple);
        });
    }
}
