using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Gemm;
using Engine.Ops.Lanes;
using Engine.Ops.LinearAlgebra;
using Engine.Ops.Nn;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>Softplus, <c>log(1 + exp(x))</c>, element by element.</summary>
[Op("Softplus")]
internal sealed class Softplus : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => MapUnary.Float<Body>(node.Type("T"), cost: 20) ?? throw node.NoKernel();

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows();

    public static bool Fuse(RewriteContext c) => ProductFusion.Activation(c, Activation.Softplus) || ConvolutionFusion.Activate(c, Activation.Softplus);

    public static bool Chain(RewriteContext c) => ElementwiseChain.Fuse(c);

    public static Gradient?[] Gradient(GradientContext g) => [g.NewNode("SoftplusGrad").Input(g.OutputGradient(0)).Input(g.Input(0)).Build()[0]];

    internal readonly struct Body : IFloatBody
    {
        // max(x, 0) + log1p(exp(-|x|)): the exponent is never positive, so nothing overflows.
        public static V Invoke<W, V, T>(V x) where W : struct, IFloatLanes<V, T> where T : unmanaged
            => W.Add(W.Max(x, W.Zero), W.Log1p(W.Exp(W.Neg(W.Abs(x)))));
    }
}
