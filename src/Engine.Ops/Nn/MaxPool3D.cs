using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>The largest element of each window of volumes.</summary>
[Op("MaxPool3D")]
internal sealed class MaxPool3D : IOp
{
    public static void InferShapes(InferenceContext c) => PoolingOps.Infer(c, 3);

    public static Kernel CreateKernel(KernelBuilder node) => PoolingOps.Maximum(node, 3);

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows();

    public static Gradient?[] Gradient(GradientContext g) => [PoolingOps.Node(g, "MaxPool3DGrad", g.Input(0), g.Output(0), g.OutputGradient(0))];
}
