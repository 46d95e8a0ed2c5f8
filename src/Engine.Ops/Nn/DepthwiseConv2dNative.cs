using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Convolution;

namespace Engine.Ops.Nn;

/// <summary>Convolution of each channel with filters of its own.</summary>
[Op("DepthwiseConv2dNative")]
internal sealed class DepthwiseConv2dNative : IOp
{
    public static void InferShapes(InferenceContext c) => ConvolutionShapes.InferForward(c, 2, depthwise: true);

    public static Kernel CreateKernel(KernelBuilder node) => ConvolutionOps.Forward(node, 2, depthwise: true);

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows(1);

    public static bool Simplify(RewriteContext c) => ConvolutionFusion.Pad(c);

    public static bool Chain(RewriteContext c) => ExpandedDepthwise.Replaces(c);

    public static Gradient?[] Gradient(GradientContext g) => ConvolutionOps.ForwardGradient(g, "DepthwiseConv2dNativeBackpropInput", "DepthwiseConv2dNativeBackpropFilter");

    public static void Prepare() => ConvolutionPreparation.Depthwise();
}
