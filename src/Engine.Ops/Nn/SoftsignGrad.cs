using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;

namespace Engine.Ops.Nn;

/// <summary>The gradient of Softsign: <c>dy / (1 + |x|)²</c>.</summary>
[Op("SoftsignGrad")]
internal sealed class SoftsignGrad : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0).Merge(c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node)
        => SameShape.Kernel(MapBinary.Float<Body>(node.Type("T"), cost: 6)) ?? throw node.NoKernel();

    internal readonly struct Body : IFloatBody2
    {
        public static V Invoke<W, V, T>(V dy, V x) where W : struct, IFloatLanes<V, T> where T : unmanaged
            => W.Div(dy, W.Mul(W.Add(W.One, W.Abs(x)), W.Add(W.One, W.Abs(x))));
    }
}
