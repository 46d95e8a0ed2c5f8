using Engine.OpModel;

namespace Engine.Ops.Reductions;

/// <summary>The gradient of SparseSegmentSqrtN with respect to the rows it chooses from.</summary>
[Op("SparseSegmentSqrtNGrad", "SparseSegmentSqrtNGradV2")]
internal sealed class SparseSegmentSqrtNGrad : IOp
{
    public static void InferShapes(InferenceContext c) => SparseSegmentGradientKernel.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node) => SparseSegmentGradientKernel.Create(node, SparseSegmentScaling.RootCount);
}
