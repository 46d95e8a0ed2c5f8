using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>The gradient of a dilation's images: it flows to where each largest sum came from.</summary>
[Op("Dilation2DBackpropInput")]
internal sealed class Dilation2DBackpropInput : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0, 4));

    public static Kernel CreateKernel(KernelBuilder node) => DilationOps.CreateKernel(node, DilationResult.InputGradient);
}
