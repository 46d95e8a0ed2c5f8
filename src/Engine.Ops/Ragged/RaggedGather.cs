using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.Ragged;

/// <summary>Rows of a ragged tensor.</summary>
[Op("RaggedGather")]
internal sealed class RaggedGather : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var (depth, results) = ((int)c.Attr("PARAMS_RAGGED_RANK").AsInt(), (int)c.Attr("OUTPUT_RAGGED_RANK").AsInt());
        var indices = c.Input(depth + 1);
        for (var i = 0; i < depth; i++)
            c.Input(i, 1);
        if (indices.HasRank && indices.Rank + depth - 1 != results)
            throw c.Fail($"OUTPUT_RAGGED_RANK must be {indices.Rank + depth - 1}, not {results}");
        for (var i = 0; i < results; i++)
            c.SetOutput(i, PartialShape.OfRank(1));
        var values = c.WithRankAtLeast(c.Input(depth), 1);
        if (values.HasRank)
            c.SetOutput(results, PartialShape.Vector(-1).Concat(values.Slice(1)));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("Tvalues", TypeGroups.Plain | TypeGroups.String | TypeGroups.Quantized | TypeGroups.Quantized16);
        var (depth, results) = ((int)node.Int("PARAMS_RAGGED_RANK"), (int)node.Int("OUTPUT_RAGGED_RANK"));
        return Kernel.From(context => Run(context, depth, results));
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var depth = g.InputCount - 2;
        var splits = g.Input(0);
        for (var i = 1; i < depth; i++)
            splits = g.Node("GatherV2", g.Input(i), splits, g.Int(0));
        var flat = g.Node("Reshape", g.Input(depth + 1), g.Ints(-1));
        var starts = g.Node("GatherV2", splits, flat, g.Int(0));
        var limits = g.Node("GatherV2", splits, g.Node("AddV2", flat, g.Node("OnesLike", flat)), g.Int(0));
        var rows = g.NewNode("RaggedRange").Input(starts).Input(limits).Input(g.Node("OnesLike", starts)).Build()[1];
        var gradients = new Gradient?[g.InputCount];
        gradients[depth] = Graphs.Gradient.Slices(g.OutputGradient(g.OutputCount - 1), rows, g.ShapeOf(g.Input(depth), rows.Type));
        return gradients;
    }

    private static void Run(KernelContext context, int depth, int results)
    {
        var (values, indices) = (context.Input(depth), context.Input(depth + 1));
        if (values.Rank == 0)
            throw EngineException.InvalidArgument("params.rank must be nonzero");
        if (indices.Rank + depth - 1 != results)
            throw EngineException.InvalidArgument($"OUTPUT_RAGGED_RANK must be {indices.Rank + depth - 1}, not {results}");
        var nested = RowSplits.ReadNested(context.Inputs(..depth), values.Shape[0], allowRest: true);
        var rows = IndexTensor.Read(indices);
        for (var i = 0; i < rows.Length; i++)
        {
            if ((ulong)rows[i] >= (ulong)(nested[0].Length - 1))
                throw EngineException.InvalidArgument($"indices[{i}] = {rows[i]} is not in [0, {nested[0].Length - 1})");
        }
        for (var i = 0; i < indices.Rank - 1; i++)
        {
            var splits = new long[indices.Shape.CountOf(0, i + 1) + 1];
            for (var r = 1; r < splits.Length; r++)
                splits[r] = splits[r - 1] + indices.Shape[i + 1];
            IndexTensor.Write(splits, context.Allocate(i, splits.Length));
        }
        var ranges = Array.ConvertAll(rows, r => (Start: r, End: r + 1));
        for (var level = 0; level < depth; level++)
        {
            var splits = nested[level];
            if (level + indices.Rank - 1 is var output && output >= 0)
                WriteSplits(context, output, splits, ranges);
            for (var i = 0; i < ranges.Length; i++)
                ranges[i] = (splits[ranges[i].Start], splits[ranges[i].End]);
        }
        var result = context.Allocate(results, values.Shape.With(0, ranges.Sum(r => r.End - r.Start)));
        var at = 0L;
        foreach (var (start, end) in ranges)
        {
            ValueRows.Copy(values, start, result, at, end - start);
            at += end - start;
        }
    }

    private static void WriteSplits(KernelContext context, int output, long[] splits, (long Start, long End)[] ranges)
    {
        var gathered = new List<long> { 0 };
        foreach (var (start, end) in ranges)
        {
            for (var r = start; r < end; r++)
                gathered.Add(gathered[^1] + splits[r + 1] - splits[r]);
        }
        IndexTensor.Write(gathered.ToArray(), context.Allocate(output, gathered.Count));
    }
}
