using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Reductions;

/// <summary>Products of the rows of each segment, in any order; rows of negative segments are dropped.</summary>
[Op("UnsortedSegmentProd")]
internal sealed class UnsortedSegmentProd : IOp
{
    public static void InferShapes(InferenceContext c) => UnsortedSegmentInputs.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Float16 => new NarrowUnsortedSegmentKernel<SegmentProduct<float>, Half>((float)Half.MaxValue),
        DType.BFloat16 => new NarrowUnsortedSegmentKernel<SegmentProduct<float>, BFloat16>(BFloat16.MaxValue),
        var type => ElementTypes.Number(type, default(Factory)) ?? throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g) => [new UnsortedSegmentGradients(g).OfProduct(), null, null];

    private readonly struct Factory : INumberFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumberBase<T> => new UnsortedSegmentKernel<SegmentProduct<T>, T>();
    }
}
