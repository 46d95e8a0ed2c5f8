using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>The number of entries of a map.</summary>
[Op("TensorMapSize")]
internal sealed class TensorMapSize : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var count = context.Map().Items.Count;
        context.Allocate(0, Shape.Scalar).AsSpan<int>()[0] = count;
    });
}
