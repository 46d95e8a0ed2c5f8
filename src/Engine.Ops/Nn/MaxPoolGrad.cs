using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>The gradient of max pooling: it flows to the first of the largest elements of each window.</summary>
[Op("MaxPoolGrad")]
internal sealed class MaxPoolGrad : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0, 4));

    public static Kernel CreateKernel(KernelBuilder node) => PoolingOps.MaximumGradient(node, 2);

    public static Gradient?[] Gradient(GradientContext g) => PoolingOps.OfGradient(g, "MaxPoolGradGrad");
}
