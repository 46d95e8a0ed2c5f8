using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>MaxPoolGradGrad with the window's sizes and strides as inputs.</summary>
[Op("MaxPoolGradGradV2")]
internal sealed class MaxPoolGradGradV2 : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(1, 4));

    public static Kernel CreateKernel(KernelBuilder node) => PoolingOps.MaximumGradient(node, 2, second: true);
}
