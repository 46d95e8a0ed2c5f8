using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.Sparse;

/// <summary>Sparse tensors one after another along a dimension.</summary>
[Op("SparseConcat")]
internal sealed class SparseConcat : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var n = (int)c.Attr("N").AsInt();
        var (count, rank) = (0L, -1L);
        for (var i = 0; i < n; i++)
        {
            var (indices, values, shape) = (c.Input(i, 2), c.Input(n + i, 1), c.Input(2 * n + i, 1));
            var entries = PartialShape.Vector(indices[0]).Merge(values)[0];
            count = count < 0 || entries < 0 ? -1 : count + entries;
            rank = PartialShape.Vector(rank).Merge(PartialShape.Vector(indices[1])).Merge(shape)[0];
        }
        SparseShapes.SetOutput(c, 0, count, rank);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Common);
        var (n, dimension) = ((int)node.Int("N"), node.Int("concat_dim"));
        return Kernel.From(context => Run(context, n, dimension));
    }

    private static void Run(KernelContext context, int n, long dimension)
    {
        var inputs = new SparseInput[n];
        for (var i = 0; i < n; i++)
            inputs[i] = new SparseInput(context.Input(i), context.Input(n + i), context.Input(2 * n + i));
        var rank = inputs[0].Rank;
        var axis = IndexTensor.Axis(dimension, rank, "Concat dimension");
        var dims = (long[])inputs[0].Dims.Clone();
        var entries = 0L;
        var offsets = new long[n];
        for (var i = 0; i < n; i++)
        {
            var input = inputs[i];
            entries += input.Count;
            if (input.Rank != rank)
                throw EngineException.InvalidArgument($"Ranks of all input tensors must match: expected {rank} but got {input.Rank} at position {i}");
            for (var d = 0; d < rank; d++)
            {
                if (d != axis && input.Dims[d] != dims[d])
                    throw EngineException.InvalidArgument($"Input shapes must match: expected {dims[d]} for dimension {d} but got {input.Dims[d]} at position {i}");
            }
            CheckCount(input.Dims);
            offsets[i] = i == 0 ? 0 : dims[axis];
            if (i > 0 && (dims[axis] += input.Dims[axis]) < 0)
                throw EngineException.Internal("Encountered overflow when concatenating shapes.");
        }
        CheckCount(dims);
        if (entries > Array.MaxLength)
            throw EngineException.InvalidArgument($"{entries} entries are too many.");
        var all = new Tensor[] { context.Temporary(DType.Int64, Shape.Matrix(entries, rank)), context.Temporary(inputs[0].Values.Type, Shape.Vector(entries)), Tensor.From(dims.AsSpan()) };
        using var indices = all[0];
        using var values = all[1];
        Append(inputs, offsets, axis, indices, values);
        var merged = new SparseInput(indices, values, all[2]);
        var order = merged.Order();
        var ordered = context.Allocate(0, indices.Shape).AsSpan<long>();
        for (var i = 0; i < order.Length; i++)
            merged.Row(order[i]).CopyTo(ordered[(i * rank)..]);
        ValueGather.Run(values, order, context.Allocate(1, values.Shape));
        context.MoveOutput(2, all[2]);
    }

    private static void CheckCount(long[] dims)
    {
        var elements = 1.0;
        foreach (var d in dims)
            elements = d < 0 ? double.PositiveInfinity : elements * d;
        if (elements >= long.MaxValue)
            throw EngineException.Internal("Encountered overflow when concatenating shapes.");
    }

    private static void Append(SparseInput[] inputs, long[] offsets, int axis, Tensor indices, Tensor values)
    {
        var to = indices.AsSpan<long>();
        var at = 0;
        for (var i = 0; i < inputs.Length; i++)
        {
            var input = inputs[i];
            int[] positions = [.. Enumerable.Range(0, input.Count)];
            ValueGather.Run(input.Values, positions, values, at);
            for (var e = 0; e < input.Count; e++, at++)
            {
                var row = to.Slice(at * input.Rank, input.Rank);
                input.Row(e).CopyTo(row);
                row[axis] += offsets[i];
            }
        }
    }
}
