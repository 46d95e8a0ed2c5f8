using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>The gradient of a volume convolution's filter.</summary>
[Op("Conv3DBackpropFilterV2")]
internal sealed class Conv3DBackpropFilterV2 : IOp
{
    public static void InferShapes(InferenceContext c) => ConvolutionOps.InferFromSizes(c, 1, 5);

    public static Kernel CreateKernel(KernelBuilder node) => ConvolutionOps.FilterGradient(node, 3);

    public static Gradient?[] Gradient(GradientContext g) => ConvolutionOps.FilterGradientGradient(g, "Conv3D", "Conv3DBackpropInputV2");
}
