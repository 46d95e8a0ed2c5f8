using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Reductions;

/// <summary>Sums of the rows of each segment, in any order; rows of negative segments are dropped.</summary>
[Op("UnsortedSegmentSum")]
internal sealed class UnsortedSegmentSum : IOp
{
    public static void InferShapes(InferenceContext c) => UnsortedSegmentInputs.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Float16 => new NarrowUnsortedSegmentKernel<SegmentTotal<float>, Half>((float)Half.MaxValue),
        DType.BFloat16 => new NarrowUnsortedSegmentKernel<SegmentTotal<float>, BFloat16>(BFloat16.MaxValue),
        var type => ElementTypes.Number(type, default(Factory)) ?? throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g) => [new UnsortedSegmentGradients(g).Gather(g.OutputGradient(0)), null, null];

    private readonly struct Factory : INumberFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumberBase<T> => new UnsortedSegmentKernel<SegmentTotal<T>, T>();
    }
}
