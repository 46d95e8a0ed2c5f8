using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Elementwise;
using Engine.Ops.Gemm;
using Engine.Ops.Lanes;
using Engine.Ops.LinearAlgebra;
using Engine.Ops.Traversal;

namespace Engine.Ops.Nn;

/// <summary>The larger of x and zero.</summary>
[Op("Relu")]
internal sealed class Relu : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => MapUnary.Number<Body>(node.Type("T")) ?? throw node.NoKernel();

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows();

    public static bool Fuse(RewriteContext c) => ProductFusion.Activation(c, Activation.Relu) || ConvolutionFusion.Activate(c, Activation.Relu);

    public static bool Chain(RewriteContext c) => ElementwiseChain.Fuse(c);

    public static Gradient?[] Gradient(GradientContext g) => [g.Apply("ReluGrad", g.OutputGradient(0), g.Output(0))];

    internal readonly struct Body : INumberBody
    {
        public static V Invoke<W, V, T>(V x) where W : struct, INumberLanes<V, T> where T : unmanaged => W.Max(x, W.Zero);
    }
}
