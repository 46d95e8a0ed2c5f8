using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.Ragged;

/// <summary>A ragged tensor as a variant, or as a vector of variants of its rows.</summary>
[Op("RaggedTensorToVariant")]
internal sealed class RaggedTensorToVariant : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var rank = (int)c.Attr("RAGGED_RANK").AsInt();
        for (var i = 0; i < rank; i++)
            c.Input(i, 1);
        if (rank > 0)
            c.WithRankAtLeast(c.Input(rank), 1);
        if (!c.Attr("batched_input").AsBool())
            c.SetOutput(0, PartialShape.Scalar);
        else if (rank > 0)
            c.SetOutput(0, PartialShape.Vector(c.Input(0)[0] > 0 ? c.Input(0)[0] - 1 : -1));
        else
            c.SetOutput(0, PartialShape.Vector(c.WithRankAtLeast(c.Input(0), 1)[0]));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("Tvalues", TypeGroups.Plain | TypeGroups.String | TypeGroups.Quantized | TypeGroups.Quantized16);
        var (rank, batched) = ((int)node.Int("RAGGED_RANK"), node.Bool("batched_input"));
        return Kernel.From(context =>
        {
            var splits = context.Inputs(..rank);
            var values = context.Input(rank);
            if (batched && values.Rank == 0)
                throw EngineException.InvalidArgument("dense_values must be at least a vector if batched_input");
            var nested = RowSplits.ReadNested(splits, values.Rank > 0 ? values.Shape[0] : rank == 0 ? 1 : throw EngineException.InvalidArgument("rt_dense_values must be at least a vector"));
            if (!batched)
                context.Allocate(0, Shape.Scalar).AsSpan<object>()[0] = new RaggedVariant(Array.ConvertAll(splits, s => s.Share()), values.Share());
            else
                WriteRows(nested, rank > 0 ? splits[0].Type : DType.Int64, values, context);
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var rank = g.InputCount - 1;
        var gradients = new Gradient?[g.InputCount];
        var splits = rank > 0 ? g.Input(0) : g.Int(0);
        gradients[rank] = g.NewNode("RaggedTensorToVariantGradient").Input(g.OutputGradient(0)).Input(splits).Input(g.ShapeOf(g.Input(rank)))
            .Attr("Tvalues", g.Input(rank).Type.Base()).Build()[0];
        return gradients;
    }

    private static void WriteRows(long[][] nested, DType splitsType, Tensor values, KernelContext context)
    {
        var rows = nested.Length > 0 ? nested[0].Length - 1 : values.Shape[0];
        var variants = context.Allocate(0, rows).AsSpan<object>();
        for (var r = 0; r < variants.Length; r++)
        {
            var (start, end) = nested.Length > 0 ? (nested[0][r], nested[0][r + 1]) : (r, r + 1L);
            var splits = new Tensor[Math.Max(0, nested.Length - 1)];
            for (var i = 0; i < splits.Length; i++)
            {
                var part = nested[i + 1][(int)start..((int)end + 1)];
                (start, end) = (part[0], part[^1]);
                for (var j = part.Length - 1; j >= 0; j--)
                    part[j] -= part[0];
                splits[i] = RowSplits.Make(part, splitsType);
            }
            using var row = values.Rows(start, end - start);
            variants[r] = new RaggedVariant(splits, nested.Length > 0 ? row.Share() : row.Reshape(values.Shape.Slice(1)));
        }
    }
}
