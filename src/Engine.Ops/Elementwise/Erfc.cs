using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>One minus the error function.</summary>
[Op("Erfc")]
internal sealed class Erfc : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => MapUnary.Float<Body>(node.Type("T"), cost: 30) ?? throw node.NoKernel();

    public static bool Chain(RewriteContext c) => ElementwiseChain.Fuse(c);

    public static Gradient?[] Gradient(GradientContext g) => [g.OutputGradient(0) * g.Scalar(-1.1283791670955126, g.Type("T")) * g.Apply("Exp", -g.Apply("Square", g.Input(0)))];

    internal readonly struct Body : IFloatBody
    {
        public static V Invoke<W, V, T>(V x) where W : struct, IFloatLanes<V, T> where T : unmanaged => W.Erfc(x);
    }
}
