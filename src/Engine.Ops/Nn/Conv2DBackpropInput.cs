using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>The gradient of a convolution's input; also known as transposed convolution.</summary>
[Op("Conv2DBackpropInput")]
internal sealed class Conv2DBackpropInput : IOp
{
    public static void InferShapes(InferenceContext c) => ConvolutionOps.InferTransposed(c);

    public static Kernel CreateKernel(KernelBuilder node) => ConvolutionOps.InputGradient(node, 2);

    public static bool Simplify(RewriteContext c) => ConvolutionFusion.Sizes(c);

    public static bool ActsOnRows(RewriteContext c) => c.Input(0).Constant is { Count: 2 } && c.BroadcastsToRows(0, 1);

    public static Gradient?[] Gradient(GradientContext g) => ConvolutionOps.InputGradientGradient(g, "Conv2D", "Conv2DBackpropFilter");
}
