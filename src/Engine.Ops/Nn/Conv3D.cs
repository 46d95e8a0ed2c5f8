using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>Convolution of volumes with filters.</summary>
[Op("Conv3D")]
internal sealed class Conv3D : IOp
{
    public static void InferShapes(InferenceContext c) => ConvolutionShapes.InferForward(c, 3, depthwise: false);

    public static Kernel CreateKernel(KernelBuilder node) => ConvolutionOps.Forward(node, 3);

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows(1);

    public static Gradient?[] Gradient(GradientContext g) => ConvolutionOps.ForwardGradient(g, "Conv3DBackpropInputV2", "Conv3DBackpropFilterV2");
}
