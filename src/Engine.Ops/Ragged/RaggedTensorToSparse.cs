using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.Ragged;

/// <summary>A ragged tensor as a sparse one.</summary>
[Op("RaggedTensorToSparse")]
internal sealed class RaggedTensorToSparse : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var splits = (int)c.Attr("RAGGED_RANK").AsInt();
        for (var i = 0; i < splits; i++)
            c.Input(i, 1);
        var values = c.WithRankAtLeast(c.Input(splits), 1);
        var rank = values.HasRank ? splits + values.Rank : -1L;
        var count = values.Count;
        c.SetOutput(0, new PartialShape(count, rank));
        c.SetOutput(1, PartialShape.Vector(count));
        c.SetOutput(2, PartialShape.Vector(rank));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var rank = (int)node.Int("RAGGED_RANK");
        return Kernel.From(context => Run(context, rank));
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var gradients = new Gradient?[g.InputCount];
        gradients[^1] = g.ReshapeLike(g.OutputGradient(1), g.Input(g.InputCount - 1));
        return gradients;
    }

    private static void Run(KernelContext context, int depth)
    {
        var values = context.Input(depth);
        if (values.Rank == 0)
            throw EngineException.InvalidArgument("rt_dense_values must be at least a vector");
        var nested = RowSplits.ReadNested(context.Inputs(..depth), values.Shape[0]);
        var rank = depth + values.Rank;
        var dims = new long[rank];
        dims[0] = nested[0].Length - 1;
        for (var i = 0; i < depth; i++)
        {
            for (var r = 1; r < nested[i].Length; r++)
                dims[i + 1] = Math.Max(dims[i + 1], nested[i][r] - nested[i][r - 1]);
        }
        values.Shape.Dims[1..].CopyTo(dims.AsSpan(depth + 1));
        WriteIndices(nested, dims, context.Allocate(0, values.Count, rank));
        context.ForwardAs(depth, 1, Shape.Vector(values.Count));
        dims.CopyTo(context.Allocate(2, rank).AsSpan<long>());
    }

    private static unsafe void WriteIndices(long[][] nested, long[] dims, Tensor indices)
    {
        var depth = nested.Length;
        var to = indices.Pointer<long>();
        var inner = dims.AsSpan(depth + 1);
        var perRow = 1L;
        foreach (var d in inner)
            perRow *= d;
        var rows = new int[depth];
        var count = nested[^1][^1];
        for (var v = 0L; v < count; v++)
        {
            // From the innermost ragged dimension outwards: the row that holds the value, the row that holds that row, …
            var held = v;
            for (var i = depth - 1; i >= 0; i--)
            {
                while (held >= nested[i][rows[i] + 1])
                    rows[i]++;
                held = rows[i];
            }
            for (var e = 0L; e < perRow; e++)
            {
                *to++ = rows[0];
                for (var i = 0; i < depth; i++)
                    *to++ = (i + 1 < depth ? rows[i + 1] : v) - nested[i][rows[i]];
                var rest = e;
                for (var i = inner.Length - 1; i >= 0; i--)
                    (rest, to[i]) = Math.DivRem(rest, inner[i]);
                to += inner.Length;
            }
        }
    }
}
