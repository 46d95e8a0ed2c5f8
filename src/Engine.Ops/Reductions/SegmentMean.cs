using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Reductions;

/// <summary>Means of the rows of each segment, which are sorted.</summary>
[Op("SegmentMean")]
internal sealed class SegmentMean : IOp
{
    public static void InferShapes(InferenceContext c) => SegmentInputs.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Float16 => new NarrowSegmentKernel<SegmentAverage<float>, Half>(),
        DType.BFloat16 => new NarrowSegmentKernel<SegmentAverage<float>, BFloat16>(),
        var type => ElementTypes.Number(type, default(Factory)) ?? throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g) => [SegmentGradients.OfMean(g), null];

    private readonly struct Factory : INumberFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumberBase<T> => new SegmentKernel<SegmentAverage<T>, T>();
    }
}
