using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Arrays;

/// <summary>The input with slices added at coordinates.</summary>
[Op("TensorScatterAdd")]
internal sealed class TensorScatterAdd : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.WithRankAtLeast(c.Input(0), 1));

    public static Kernel CreateKernel(KernelBuilder node)
        => ElementTypes.Number(node.Type("T"), new Scatter.AddFactory(intoZeros: false)) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => [g.OutputGradient(0), null, g.Node("GatherNd", g.OutputGradient(0), g.Input(1))];
}
