using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>The first form of Conv3DBackpropFilterV2, which takes the filter itself for its shape.</summary>
[Op("Conv3DBackpropFilter")]
internal sealed class Conv3DBackpropFilter : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(1, 5));

    public static Kernel CreateKernel(KernelBuilder node) => ConvolutionOps.FilterGradient(node, 3, sizesAreShape: false);
}
