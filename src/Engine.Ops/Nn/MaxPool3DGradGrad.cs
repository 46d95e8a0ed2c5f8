using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>The gradient of the gradient of max pooling over volumes.</summary>
[Op("MaxPool3DGradGrad")]
internal sealed class MaxPool3DGradGrad : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(1, 5));

    public static Kernel CreateKernel(KernelBuilder node) => PoolingOps.MaximumGradient(node, 3, second: true);

    public static Gradient?[] Gradient(GradientContext g) => PoolingOps.OfGradient(g, "MaxPool3DGrad");
}
