using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Arrays;

/// <summary>The input with slices added at coordinates.</summary>
[Op("ScatterNdNonAliasingAdd")]
internal sealed class ScatterNdNonAliasingAdd : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") == DType.Bool
        ? Scatter.IntoTensor<byte, Scatter.Or>()
        : ElementTypes.Number(node.Type("T"), new Scatter.AddFactory(intoZeros: false)) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => [g.OutputGradient(0), null, g.Node("GatherNd", g.OutputGradient(0), g.Input(1))];
}
