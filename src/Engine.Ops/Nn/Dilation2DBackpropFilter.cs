using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>The gradient of a dilation's filter.</summary>
[Op("Dilation2DBackpropFilter")]
internal sealed class Dilation2DBackpropFilter : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(1, 3));

    public static Kernel CreateKernel(KernelBuilder node) => DilationOps.CreateKernel(node, DilationResult.FilterGradient);
}
