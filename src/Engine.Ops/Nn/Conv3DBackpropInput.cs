using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>The first form of Conv3DBackpropInputV2, which takes the input itself for its shape.</summary>
[Op("Conv3DBackpropInput")]
internal sealed class Conv3DBackpropInput : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0, 5));

    public static Kernel CreateKernel(KernelBuilder node) => ConvolutionOps.InputGradient(node, 3, sizesAreShape: false);
}
