using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.Sparse;

/// <summary>A sparse tensor in parts along a dimension, the first ones one longer where it does not divide.</summary>
[Op("SparseSplit")]
internal sealed class SparseSplit : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.WithRank(c.Input(0), 0);
        SparseShapes.CheckInput(c, 1);
        var parts = (int)c.Attr("num_split").AsInt();
        for (var i = 0; i < parts; i++)
        {
            c.SetOutput(i, new PartialShape(-1, c.Input(1)[1]));
            c.SetOutput(parts + i, PartialShape.Vector(-1));
            c.SetOutput(2 * parts + i, PartialShape.Vector(c.Input(3)[0]));
        }
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Common);
        var parts = (int)node.Int("num_split");
        return Kernel.From(context => Run(context, parts));
    }

    private static void Run(KernelContext context, int parts)
    {
        var input = SparseInput.At(context, 1);
        input.DenseShape();
        var axis = IndexTensor.Axis(IndexTensor.Scalar(context.Input(0), "split_dim"), input.Rank, "Input axis");
        if (parts < 1 || parts > input.Dims[axis])
            throw EngineException.InvalidArgument($"Input num_split should be between 1 and the splitting dimension size ({input.Dims[axis]}), got {parts}");
        input.CheckBounds();
        var (size, longer) = Math.DivRem(input.Dims[axis], parts);
        var entries = new List<int>[parts];
        for (var p = 0; p < parts; p++)
            entries[p] = [];
        for (var i = 0; i < input.Count; i++)
        {
            var at = input.Row(i)[axis];
            var inLonger = longer * (size + 1);
            entries[at < inLonger ? at / (size + 1) : longer + (at - inLonger) / size].Add(i);
        }
        for (var p = 0; p < parts; p++)
        {
            var start = p * size + Math.Min(p, longer);
            var kept = entries[p].ToArray();
            var indices = context.Allocate(p, kept.Length, input.Rank).AsSpan<long>();
            for (var i = 0; i < kept.Length; i++)
            {
                var row = indices.Slice(i * input.Rank, input.Rank);
                input.Row(kept[i]).CopyTo(row);
                row[axis] -= start;
            }
            ValueGather.Run(input.Values, kept, context.Allocate(parts + p, Shape.Vector(kept.Length)));
            var dims = (long[])input.Dims.Clone();
            dims[axis] = size + (p < longer ? 1 : 0);
            dims.CopyTo(context.Allocate(2 * parts + p, Shape.Vector(dims.Length)).AsSpan<long>());
        }
    }
}
