using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>Slices of <c>params</c> along an axis, in the order and number that <c>indices</c> tells; the first <c>batch_dims</c> dimensions go in step.</summary>
[Op("GatherV2")]
internal sealed class GatherV2 : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var (parameters, indices) = (c.WithRankAtLeast(c.Input(0), 1), c.Input(1));
        c.WithRank(c.Input(2), 0);
        if (!parameters.HasRank || !indices.HasRank)
            return;
        var batch = GatherRows.BatchDims(c.Attr("batch_dims").AsInt(), indices.Rank);
        if (c.InputScalar(2) is not { } wanted)
        {
            c.SetOutput(0, PartialShape.OfRank(parameters.Rank + indices.Rank - 1 - batch));
            return;
        }
        var axis = IndexTensor.Axis(wanted, parameters.Rank);
        if (axis < batch)
            throw c.Fail($"batch_dims ({batch}) must be less than or equal to axis ({axis})");
        var common = parameters.Slice(0, batch).Merge(indices.Slice(0, batch));
        c.SetOutput(0, common.Concat(parameters.Slice(batch, axis)).Concat(indices.Slice(batch)).Concat(parameters.Slice(axis + 1)));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("Tparams", TypeGroups.Common | TypeGroups.Quantized | TypeGroups.Quantized16 | TypeGroups.Float8);
        var batchDims = node.Int("batch_dims");
        return Kernel.From(context => GatherRows.Run(context, IndexTensor.Scalar(context.Input(2), "axis"), batchDims));
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var batchDims = g.Attr("batch_dims").AsInt();
        var axis = g.Input(2);
        if (batchDims == 0 && axis.Node.Op == "Const" && IndexTensor.Read(axis.Node.Attr("value").AsTensor()) is [0])
            return [Gather.SlicesGradient(g), null, null];
        return [DenseGradient(g, batchDims), null, null];
    }

    // As [batch, outer, axis, inner]: the axis goes to the front of each batch, and every batch gets rows of its own.
    private static Value DenseGradient(GradientContext g, long batchDims)
    {
        var batch = (int)(batchDims < 0 ? batchDims + Math.Max(g.Input(1).Rank, 0) : batchDims);
        var type = g.Input(1).Type.Base() == DType.Int64 ? DType.Int64 : DType.Int32;
        var indices = g.Input(1).Type.Base() == type ? g.Input(1) : g.Cast(g.Input(1), type);
        var shape = g.ShapeOf(g.Input(0), type);
        var axis = g.Node("Reshape", g.Cast(g.Input(2), DType.Int32), g.Ints(1)) % g.RankOf(g.Input(0));
        var end = g.RankOf(g.Input(0));
        var batches = Product(g.Part(shape, g.Ints(0), g.Ints(batch)));
        var outer = Product(g.Part(shape, g.Ints(batch), axis));
        var length = Product(g.Part(shape, axis, axis + g.Ints(1)));
        var inner = Product(g.Part(shape, axis + g.Ints(1), end));
        var indicesShape = g.ShapeOf(indices, type);
        var count = Product(g.Part(indicesShape, g.Ints(batch), g.RankOf(indices)));
        var order = g.Ints(0, 2, 1, 3);
        var values = g.Node("Transpose", g.Node("Reshape", g.OutputGradient(0), g.Concat(0, batches, outer, count, inner)), order);
        var zero = g.Scalar(0, type);
        var first = g.Node("Range", zero, g.AsScalar(batches), g.Scalar(1, type)) * g.AsScalar(length);
        var rows = g.Node("Reshape", g.Node("Reshape", indices, g.Concat(0, batches, count)) + g.Node("ExpandDims", first, g.Int(1)), g.Ints(-1));
        var flat = g.Node("Reshape", values, g.Concat(0, batches * count, outer, inner));
        var sums = g.Node("UnsortedSegmentSum", flat, rows, g.AsScalar(batches * length));
        return g.Node("Reshape", g.Node("Transpose", g.Node("Reshape", sums, g.Concat(0, batches, length, outer, inner)), order), shape);

        Value Product(Value dims) => g.NewNode("Prod").Input(dims).Input(g.Ints(0)).Attr("keep_dims", true).Build()[0];
    }
}
