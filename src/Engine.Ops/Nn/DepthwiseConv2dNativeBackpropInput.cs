using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>The gradient of a depthwise convolution's input.</summary>
[Op("DepthwiseConv2dNativeBackpropInput")]
internal sealed class DepthwiseConv2dNativeBackpropInput : IOp
{
    public static void InferShapes(InferenceContext c) => ConvolutionOps.InferFromSizes(c, 0, 4);

    public static Kernel CreateKernel(KernelBuilder node) => ConvolutionOps.InputGradient(node, 2, depthwise: true);

    public static Gradient?[] Gradient(GradientContext g) => ConvolutionOps.InputGradientGradient(g, "DepthwiseConv2dNative", "DepthwiseConv2dNativeBackpropFilter");
}
