using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;

namespace Engine.Ops.Nn;

/// <summary>The gradient of Relu6: dy where x (or the result) lies inside.</summary>
[Op("Relu6Grad")]
internal sealed class Relu6Grad : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0).Merge(c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node)
        => SameShape.Kernel(MapBinary.Number<Body>(node.Type("T"), cost: 2)) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => [g.Apply("Relu6Grad", g.OutputGradient(0), g.Input(1)), g.Apply("ZerosLike", g.Input(1))];

    internal readonly struct Body : INumberBody2
    {
        public static V Invoke<W, V, T>(V dy, V x) where W : struct, INumberLanes<V, T> where T : unmanaged
            => W.And(dy, W.And(W.Greater(x, W.Zero), W.Less(x, Relu6.Six<W, V, T>())));
    }
}
