using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>The mean of each window of images, what lies outside not counted.</summary>
[Op("AvgPool")]
internal sealed class AvgPool : IOp
{
    public static void InferShapes(InferenceContext c) => PoolingOps.Infer(c, 2);

    public static Kernel CreateKernel(KernelBuilder node) => PoolingOps.Average(node, 2);

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows();

    public static Gradient?[] Gradient(GradientContext g) => [PoolingOps.Node(g, "AvgPoolGrad", ConvolutionOps.ShapeOf(g, g.Input(0)), g.OutputGradient(0))];
}
