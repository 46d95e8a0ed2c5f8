using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>Absolute value; the lowest integer stays.</summary>
[Op("Abs")]
internal sealed class Abs : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => MapUnary.Number<Body>(node.Type("T")) ?? throw node.NoKernel();

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows();

    public static bool Chain(RewriteContext c) => ElementwiseChain.Fuse(c);

    public static Gradient?[] Gradient(GradientContext g) => [g.OutputGradient(0) * g.Apply("Sign", g.Input(0))];

    internal readonly struct Body : INumberBody
    {
        public static V Invoke<W, V, T>(V x) where W : struct, INumberLanes<V, T> where T : unmanaged => W.Abs(x);
    }
}
