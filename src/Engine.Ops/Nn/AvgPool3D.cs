using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>The mean of each window of volumes, what lies outside not counted.</summary>
[Op("AvgPool3D")]
internal sealed class AvgPool3D : IOp
{
    public static void InferShapes(InferenceContext c) => PoolingOps.Infer(c, 3);

    public static Kernel CreateKernel(KernelBuilder node) => PoolingOps.Average(node, 3);

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows();

    public static Gradient?[] Gradient(GradientContext g) => [PoolingOps.Node(g, "AvgPool3DGrad", ConvolutionOps.ShapeOf(g, g.Input(0)), g.OutputGradient(0))];
}
