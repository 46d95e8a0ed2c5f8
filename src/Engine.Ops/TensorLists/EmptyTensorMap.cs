using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>A map without entries.</summary>
[Op("EmptyTensorMap")]
internal sealed class EmptyTensorMap : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
        => Kernel.From(context => context.Allocate(0, Shape.Scalar).AsSpan<object>()[0] = new TensorMap());
}
