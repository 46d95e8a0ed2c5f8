using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>The largest element of each window of images.</summary>
[Op("MaxPool")]
internal sealed class MaxPool : IOp
{
    public static void InferShapes(InferenceContext c) => PoolingOps.Infer(c, 2);

    public static Kernel CreateKernel(KernelBuilder node) => PoolingOps.Maximum(node, 2);

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows();

    public static Gradient?[] Gradient(GradientContext g) => [PoolingOps.Node(g, "MaxPoolGrad", g.Input(0), g.Output(0), g.OutputGradient(0))];
}
