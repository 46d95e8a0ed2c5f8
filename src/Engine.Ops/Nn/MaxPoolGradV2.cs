using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>MaxPoolGrad with the window's sizes and strides as inputs.</summary>
[Op("MaxPoolGradV2")]
internal sealed class MaxPoolGradV2 : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0, 4));

    public static Kernel CreateKernel(KernelBuilder node) => PoolingOps.MaximumGradient(node, 2);

    public static Gradient?[] Gradient(GradientContext g) => PoolingOps.OfGradient(g, "MaxPoolGradGradV2");
}
