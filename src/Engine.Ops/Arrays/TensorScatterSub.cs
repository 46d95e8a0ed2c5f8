using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Arrays;

/// <summary>The input with slices subtracted at coordinates.</summary>
[Op("TensorScatterSub")]
internal sealed class TensorScatterSub : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.WithRankAtLeast(c.Input(0), 1));

    public static Kernel CreateKernel(KernelBuilder node) => ElementTypes.Number(node.Type("T"), new Factory()) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => [g.OutputGradient(0), null, -g.Node("GatherNd", g.OutputGradient(0), g.Input(1))];

    private readonly struct Factory : INumberFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumberBase<T> => Scatter.IntoTensor<T, Subtract<T>>();
    }

    private readonly struct Subtract<T> : IScalarBody2<T, T> where T : INumberBase<T>
    {
        public static T Invoke(T current, T update) => current - update;
    }
}
