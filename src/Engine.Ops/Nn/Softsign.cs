using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Elementwise;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;

namespace Engine.Ops.Nn;

/// <summary><c>x / (1 + |x|)</c>.</summary>
[Op("Softsign")]
internal sealed class Softsign : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => MapUnary.Float<Body>(node.Type("T"), cost: 6) ?? throw node.NoKernel();

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows();

    public static bool Chain(RewriteContext c) => ElementwiseChain.Fuse(c);

    public static Gradient?[] Gradient(GradientContext g) => [g.Apply("SoftsignGrad", g.OutputGradient(0), g.Input(0))];

    internal readonly struct Body : IFloatBody
    {
        public static V Invoke<W, V, T>(V x) where W : struct, IFloatLanes<V, T> where T : unmanaged => W.Div(x, W.Add(W.One, W.Abs(x)));
    }
}
