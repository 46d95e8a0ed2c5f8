using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Elementwise;
using Engine.Ops.Gemm;
using Engine.Ops.Lanes;
using Engine.Ops.LinearAlgebra;
using Engine.Ops.Traversal;

namespace Engine.Ops.Nn;

/// <summary>x between 0 and 6.</summary>
[Op("Relu6")]
internal sealed class Relu6 : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => MapUnary.Number<Body>(node.Type("T")) ?? throw node.NoKernel();

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows();

    public static bool Fuse(RewriteContext c) => ProductFusion.Activation(c, Activation.Relu6) || ConvolutionFusion.Activate(c, Activation.Relu6);

    public static bool Chain(RewriteContext c) => ElementwiseChain.Fuse(c);

    public static Gradient?[] Gradient(GradientContext g) => [g.Apply("Relu6Grad", g.OutputGradient(0), g.Output(0))];

    internal readonly struct Body : INumberBody
    {
        public static V Invoke<W, V, T>(V x) where W : struct, INumberLanes<V, T> where T : unmanaged
            => W.Min(W.Max(x, W.Zero), Six<W, V, T>());
    }

    /// <summary>Six in every lane, of floats and integers alike.</summary>
    internal static V Six<W, V, T>() where W : struct, INumberLanes<V, T> where T : unmanaged
    {
        var two = W.Add(W.One, W.One);
        return W.Add(two, W.Add(two, two));
    }
}
