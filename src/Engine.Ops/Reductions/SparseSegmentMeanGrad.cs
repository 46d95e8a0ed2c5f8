using Engine.OpModel;

namespace Engine.Ops.Reductions;

/// <summary>The gradient of SparseSegmentMean with respect to the rows it chooses from.</summary>
[Op("SparseSegmentMeanGrad", "SparseSegmentMeanGradV2")]
internal sealed class SparseSegmentMeanGrad : IOp
{
    public static void InferShapes(InferenceContext c) => SparseSegmentGradientKernel.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node) => SparseSegmentGradientKernel.Create(node, SparseSegmentScaling.Count);
}
