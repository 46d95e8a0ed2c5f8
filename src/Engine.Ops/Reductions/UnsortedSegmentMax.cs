using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Reductions;

/// <summary>Largest of the rows of each segment, in any order; rows of negative segments are dropped.</summary>
[Op("UnsortedSegmentMax")]
internal sealed class UnsortedSegmentMax : IOp
{
    public static void InferShapes(InferenceContext c) => UnsortedSegmentInputs.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Float16 => new NarrowUnsortedSegmentKernel<SegmentLargest<float>, Half>((float)Half.MaxValue),
        DType.BFloat16 => new NarrowUnsortedSegmentKernel<SegmentLargest<float>, BFloat16>(BFloat16.MaxValue),
        var type => ElementTypes.Real(type, default(Factory)) ?? throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g) => [new UnsortedSegmentGradients(g).OfSelected(), null, null];

    private readonly struct Factory : IRealFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T> => new UnsortedSegmentKernel<SegmentLargest<T>, T>();
    }
}
