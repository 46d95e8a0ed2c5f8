using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>The gradient of max pooling over volumes.</summary>
[Op("MaxPool3DGrad")]
internal sealed class MaxPool3DGrad : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0, 5));

    public static Kernel CreateKernel(KernelBuilder node) => PoolingOps.MaximumGradient(node, 3);

    public static Gradient?[] Gradient(GradientContext g) => PoolingOps.OfGradient(g, "MaxPool3DGradGrad");
}
