using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>MaxPool with the window's sizes and strides as inputs.</summary>
[Op("MaxPoolV2")]
internal sealed class MaxPoolV2 : IOp
{
    public static void InferShapes(InferenceContext c) => PoolingOps.InferFromInputs(c);

    public static Kernel CreateKernel(KernelBuilder node) => PoolingOps.Maximum(node, 2);

    public static Gradient?[] Gradient(GradientContext g) => [PoolingOps.Node(g, "MaxPoolGradV2", g.Input(0), g.Output(0), g.OutputGradient(0), g.Input(1), g.Input(2)), null, null];
}
