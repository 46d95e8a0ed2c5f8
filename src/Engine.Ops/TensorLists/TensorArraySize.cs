using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>The number of elements of an array.</summary>
[Op("TensorArraySizeV3", "TensorArraySizeV2", "TensorArraySize")]
internal sealed class TensorArraySize : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var count = RunResources.Find<TensorArray>(context).Count;
        context.Allocate(0, Shape.Scalar).AsSpan<int>()[0] = count;
    });
}
