using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Reductions;

/// <summary>Smallest of the rows of each segment, which are sorted.</summary>
[Op("SegmentMin")]
internal sealed class SegmentMin : IOp
{
    public static void InferShapes(InferenceContext c) => SegmentInputs.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Float16 => new NarrowSegmentKernel<SegmentSmallest<float>, Half>(),
        DType.BFloat16 => new NarrowSegmentKernel<SegmentSmallest<float>, BFloat16>(),
        var type => ElementTypes.Real(type, default(Factory)) ?? throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g) => [SegmentGradients.OfSelected(g), null];

    private readonly struct Factory : IRealFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T> => new SegmentKernel<SegmentSmallest<T>, T>();
    }
}
