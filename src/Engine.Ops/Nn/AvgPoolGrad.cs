using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>The gradient of average pooling.</summary>
[Op("AvgPoolGrad")]
internal sealed class AvgPoolGrad : IOp
{
    public static void InferShapes(InferenceContext c) => ConvolutionOps.InferFromSizes(c, 0, 4);

    public static Kernel CreateKernel(KernelBuilder node) => PoolingOps.AverageGradient(node, 2);

    public static Gradient?[] Gradient(GradientContext g) => [null, PoolingOps.Node(g, "AvgPool", g.OutputGradient(0))];
}
