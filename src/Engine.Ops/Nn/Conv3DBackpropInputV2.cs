using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>The gradient of a volume convolution's input.</summary>
[Op("Conv3DBackpropInputV2")]
internal sealed class Conv3DBackpropInputV2 : IOp
{
    public static void InferShapes(InferenceContext c) => ConvolutionOps.InferFromSizes(c, 0, 5);

    public static Kernel CreateKernel(KernelBuilder node) => ConvolutionOps.InputGradient(node, 3);

    public static Gradient?[] Gradient(GradientContext g) => ConvolutionOps.InputGradientGradient(g, "Conv3D", "Conv3DBackpropFilterV2");
}
