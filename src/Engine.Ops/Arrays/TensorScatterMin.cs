using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Arrays;

/// <summary>The input with, at coordinates, the smallest of what is there and the slices.</summary>
[Op("TensorScatterMin")]
internal sealed class TensorScatterMin : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.WithRankAtLeast(c.Input(0), 1));

    public static Kernel CreateKernel(KernelBuilder node) => ElementTypes.Real(node.Type("T"), new Factory()) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => ScatterExtremeGradient.Of(g);

    private readonly struct Factory : IRealFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T> => Scatter.IntoTensor<T, Min<T>>();
    }

    private readonly struct Min<T> : IScalarBody2<T, T> where T : INumber<T>
    {
        // A NaN among the updates is passed over.
        public static T Invoke(T current, T update) => current > update ? update : current;
    }
}
