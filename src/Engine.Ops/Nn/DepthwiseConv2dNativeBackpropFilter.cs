using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>The gradient of a depthwise convolution's filter.</summary>
[Op("DepthwiseConv2dNativeBackpropFilter")]
internal sealed class DepthwiseConv2dNativeBackpropFilter : IOp
{
    public static void InferShapes(InferenceContext c) => ConvolutionOps.InferFromSizes(c, 1, 4);

    public static Kernel CreateKernel(KernelBuilder node) => ConvolutionOps.FilterGradient(node, 2, depthwise: true);

    public static Gradient?[] Gradient(GradientContext g) => ConvolutionOps.FilterGradientGradient(g, "DepthwiseConv2dNative", "DepthwiseConv2dNativeBackpropInput");
}
