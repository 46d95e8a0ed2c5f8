using Engine.OpModel;

namespace Engine.Ops.Reductions;

/// <summary>The gradient of SparseSegmentSum with respect to the rows it chooses from.</summary>
[Op("SparseSegmentSumGrad", "SparseSegmentSumGradV2")]
internal sealed class SparseSegmentSumGrad : IOp
{
    public static void InferShapes(InferenceContext c) => SparseSegmentGradientKernel.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node) => SparseSegmentGradientKernel.Create(node, SparseSegmentScaling.None);
}
