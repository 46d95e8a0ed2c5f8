using Engine.Graphs;
using Engine.OpModel;
using Engine.Tensors;

namespace Engine.Ops.Reductions;

/// <summary>Means of the rows of each segment; the rows are chosen by index, the segments sorted.</summary>
[Op("SparseSegmentMean", "SparseSegmentMeanWithNumSegments")]
internal sealed class SparseSegmentMean : IOp
{
    public static void InferShapes(InferenceContext c) => SparseSegmentInputs.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Float16 => new NarrowSparseSegmentKernel<SegmentAverage<float>, Half>(),
        DType.BFloat16 => new NarrowSparseSegmentKernel<SegmentAverage<float>, BFloat16>(),
        DType.Float32 => new SparseSegmentKernel<SegmentAverage<float>, float>(),
        DType.Float64 => new SparseSegmentKernel<SegmentAverage<double>, double>(),
        _ => throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g) => SparseSegmentGradients.Of(g, "SparseSegmentMeanGrad");
}
