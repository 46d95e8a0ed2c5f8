using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Arrays;

/// <summary>Zeros of a given shape, with slices added at coordinates; strings are joined.</summary>
[Op("ScatterNd")]
internal sealed class ScatterNd : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.WithRankAtLeast(c.Input(0), 1);
        c.WithRankAtLeast(c.Input(1), 1);
        c.WithRank(c.Input(2), 1);
        c.SetOutput(0, c.InputAsShape(2));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        if (node.Type("Tindices") is not DType.Int32 and not DType.Int64)
            throw node.NoKernel();
        return node.Type("T") switch
        {
            DType.String => Scatter.IntoZeros<byte[], Scatter.Join>(),
            DType.Bool => Scatter.IntoZeros<byte, Scatter.Or>(),
            var type => ElementTypes.Number(type, new Scatter.AddFactory(intoZeros: true)) ?? throw node.NoKernel(),
        };
    }

    public static Gradient?[] Gradient(GradientContext g) => [null, g.Node("GatherNd", g.OutputGradient(0), g.Input(0)), null];
}
