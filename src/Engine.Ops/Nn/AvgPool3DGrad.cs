using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>The gradient of average pooling over volumes.</summary>
[Op("AvgPool3DGrad")]
internal sealed class AvgPool3DGrad : IOp
{
    public static void InferShapes(InferenceContext c) => ConvolutionOps.InferFromSizes(c, 0, 5);

    public static Kernel CreateKernel(KernelBuilder node) => PoolingOps.AverageGradient(node, 3);

    public static Gradient?[] Gradient(GradientContext g) => [null, PoolingOps.Node(g, "AvgPool3D", g.OutputGradient(0))];
}
