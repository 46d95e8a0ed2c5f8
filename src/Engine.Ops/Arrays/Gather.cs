using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>Rows of <c>params</c>, in the order and number that <c>indices</c> tells.</summary>
[Op("Gather")]
internal sealed class Gather : IOp
{
    public static void InferShapes(InferenceContext c)
        => c.SetOutput(0, c.Input(1).Concat(c.WithRankAtLeast(c.Input(0), 1) is { HasRank: true } p ? p.Slice(1) : PartialShape.Unknown));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("Tparams", TypeGroups.Common | TypeGroups.Quantized | TypeGroups.Quantized16 | TypeGroups.Float8);
        return Kernel.From(context => GatherRows.Run(context, 0, 0));
    }

    public static Gradient?[] Gradient(GradientContext g) => [SlicesGradient(g), null];

    /// <summary>The gradient of gathering rows: the rows themselves, by index.</summary>
    internal static Gradient SlicesGradient(GradientContext g)
    {
        var shape = g.ShapeOf(g.Input(0));
        var count = g.Node("Reshape", g.Node("Size", g.Input(1)), g.Ints(1));
        var row = g.Part(shape, g.Ints(1), g.RankOf(g.Input(0)));
        var values = g.Node("Reshape", g.OutputGradient(0), g.Concat(0, count, row));
        var indices = g.Node("Reshape", g.Input(1), count);
        if (indices.Type.Base() == DType.Int16)
            indices = g.Cast(indices, DType.Int32);
        return Graphs.Gradient.Slices(values, indices, shape);
    }
}
