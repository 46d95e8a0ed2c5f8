using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Reductions;

/// <summary>Sums of the rows of each segment; the rows are chosen by index, the segments sorted.</summary>
[Op("SparseSegmentSum", "SparseSegmentSumWithNumSegments")]
internal sealed class SparseSegmentSum : IOp
{
    public static void InferShapes(InferenceContext c) => SparseSegmentInputs.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Float16 => new NarrowSparseSegmentKernel<SegmentTotal<float>, Half>(),
        DType.BFloat16 => new NarrowSparseSegmentKernel<SegmentTotal<float>, BFloat16>(),
        var type => ElementTypes.Real(type, default(Factory)) ?? throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g) => SparseSegmentGradients.Of(g, "SparseSegmentSumGrad");

    private readonly struct Factory : IRealFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T> => new SparseSegmentKernel<SegmentTotal<T>, T>();
    }
}
