using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Convolution;

namespace Engine.Ops.Nn;

/// <summary>Convolution of images with filters, in groups if the filter has fewer channels than the images.</summary>
[Op("Conv2D")]
internal sealed class Conv2D : IOp
{
    public static void InferShapes(InferenceContext c) => ConvolutionShapes.InferForward(c, 2, depthwise: false);

    public static Kernel CreateKernel(KernelBuilder node) => ConvolutionOps.Forward(node, 2);

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows(1);

    public static bool Simplify(RewriteContext c) => ConvolutionFusion.Pad(c);

    public static bool Chain(RewriteContext c) => SeparableConvolution.Replaces(c);

    public static Gradient?[] Gradient(GradientContext g) => ConvolutionOps.ForwardGradient(g, "Conv2DBackpropInput", "Conv2DBackpropFilter");

    public static void Prepare() => ConvolutionPreparation.Dense();
}
