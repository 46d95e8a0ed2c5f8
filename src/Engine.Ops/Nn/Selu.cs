using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Elementwise;
using Engine.Ops.Gemm;
using Engine.Ops.Lanes;
using Engine.Ops.LinearAlgebra;
using Engine.Ops.Traversal;

namespace Engine.Ops.Nn;

/// <summary>Scaled Elu, which keeps mean and variance: λx above zero, <c>λα(exp(x) - 1)</c> below.</summary>
[Op("Selu")]
internal sealed class Selu : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => MapUnary.Float<Body>(node.Type("T"), cost: 16) ?? throw node.NoKernel();

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows();

    public static bool Fuse(RewriteContext c) => ProductFusion.Activation(c, Activation.Selu) || ConvolutionFusion.Activate(c, Activation.Selu);

    public static bool Chain(RewriteContext c) => ElementwiseChain.Fuse(c);

    public static Gradient?[] Gradient(GradientContext g) => [g.Apply("SeluGrad", g.OutputGradient(0), g.Output(0))];

    internal readonly struct Body : IFloatBody
    {
        public static V Invoke<W, V, T>(V x) where W : struct, IFloatLanes<V, T> where T : unmanaged
            => W.Select(W.Less(x, W.Zero), W.Mul(Constant.Of<W, V, T>(ScaleAlpha), W.Expm1(x)), W.Mul(Constant.Of<W, V, T>(Scale), x));
    }

    // Klambauer et al., Self-Normalizing Neural Networks, 2017.
    internal const double Scale = 1.0507009873554804934193349852946;

    internal const double ScaleAlpha = 1.7580993408473768599402175208123;
}
