using Engine.Graphs;
using Engine.OpModel;
using Engine.Tensors;

namespace Engine.Ops.Reductions;

/// <summary>Sums over the square root of the number of the rows of each segment; the rows are chosen by index, the segments sorted.</summary>
[Op("SparseSegmentSqrtN", "SparseSegmentSqrtNWithNumSegments")]
internal sealed class SparseSegmentSqrtN : IOp
{
    public static void InferShapes(InferenceContext c) => SparseSegmentInputs.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Float16 => new NarrowSparseSegmentKernel<SegmentRootAverage<float>, Half>(),
        DType.BFloat16 => new NarrowSparseSegmentKernel<SegmentRootAverage<float>, BFloat16>(),
        DType.Float32 => new SparseSegmentKernel<SegmentRootAverage<float>, float>(),
        DType.Float64 => new SparseSegmentKernel<SegmentRootAverage<double>, double>(),
        _ => throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g) => SparseSegmentGradients.Of(g, "SparseSegmentSqrtNGrad");
}
