using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>The gradient of a convolution's filter.</summary>
[Op("Conv2DBackpropFilter")]
internal sealed class Conv2DBackpropFilter : IOp
{
    public static void InferShapes(InferenceContext c) => ConvolutionOps.InferFromSizes(c, 1, 4);

    public static Kernel CreateKernel(KernelBuilder node) => ConvolutionOps.FilterGradient(node, 2);

    public static Gradient?[] Gradient(GradientContext g) => ConvolutionOps.FilterGradientGradient(g, "Conv2D", "Conv2DBackpropInput");
}
