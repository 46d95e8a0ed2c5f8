using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>The gradient of the gradient of max pooling: taken from the places of the largest elements.</summary>
[Op("MaxPoolGradGrad")]
internal sealed class MaxPoolGradGrad : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(1, 4));

    public static Kernel CreateKernel(KernelBuilder node) => PoolingOps.MaximumGradient(node, 2, second: true);

    public static Gradient?[] Gradient(GradientContext g) => PoolingOps.OfGradient(g, "MaxPoolGrad");
}
