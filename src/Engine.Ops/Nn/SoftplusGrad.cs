using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;

namespace Engine.Ops.Nn;

/// <summary>The gradient of Softplus: <c>dy · sigmoid(x)</c>.</summary>
[Op("SoftplusGrad")]
internal sealed class SoftplusGrad : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0).Merge(c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node)
        => SameShape.Kernel(MapBinary.Float<Body>(node.Type("T"), cost: 20)) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        var (dz, x) = (g.OutputGradient(0), g.Input(1));
        var two = g.Scalar(2, g.Type("T"));
        return [g.Apply("SoftplusGrad", dz, x), dz * g.Input(0) / (g.Apply("Exp", -x) + two + g.Apply("Exp", x))];
    }

    internal readonly struct Body : IFloatBody2
    {
        public static V Invoke<W, V, T>(V dy, V x) where W : struct, IFloatLanes<V, T> where T : unmanaged
            => W.Div(dy, W.Add(W.One, W.Exp(W.Neg(x))));
    }
}
