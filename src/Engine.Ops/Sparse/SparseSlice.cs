using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.Sparse;

/// <summary>The entries inside of a box, with coordinates from the box's start.</summary>
[Op("SparseSlice")]
internal sealed class SparseSlice : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(1, 1);
        var rank = PartialShape.Vector(c.Input(0, 2)[1]).Merge(c.Input(2, 1)).Merge(c.Input(3, 1)).Merge(c.Input(4, 1))[0];
        SparseShapes.SetOutput(c, 0, -1, rank);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Common);
        return Kernel.From(Run);
    }

    public static Gradient?[] Gradient(GradientContext g)
        => [null, g.Node("SparseSliceGrad", g.OutputGradient(1), g.Input(0), g.Input(3), g.Output(0)), null, null, null];

    private static void Run(KernelContext context)
    {
        var input = SparseInput.At(context, 0);
        input.DenseShape();
        var start = IndexTensor.Vector(context.Input(3), "Input start");
        var size = IndexTensor.Vector(context.Input(4), "Input size");
        if (start.Length != input.Rank || size.Length != input.Rank)
            throw EngineException.InvalidArgument($"Expected start and size to be vectors of length {input.Rank} but got {start.Length} and {size.Length}");
        var dims = new long[input.Rank];
        for (var d = 0; d < dims.Length; d++)
        {
            if (start[d] < 0 || size[d] < 0)
                throw EngineException.InvalidArgument($"start and size must not be negative, got {start[d]} and {size[d]} in dimension {d}");
            dims[d] = Math.Max(0, Math.Min(size[d], input.Dims[d] - start[d]));
        }
        var kept = Inside(input, start, dims);
        var indices = context.Allocate(0, kept.Length, input.Rank).AsSpan<long>();
        var at = 0;
        foreach (var entry in kept)
        {
            var row = input.Row(entry);
            for (var d = 0; d < row.Length; d++)
                indices[at++] = row[d] - start[d];
        }
        ValueGather.Run(input.Values, kept, context.Allocate(1, kept.Length));
        dims.CopyTo(context.Allocate(2, dims.Length).AsSpan<long>());
    }

    private static int[] Inside(SparseInput input, long[] start, long[] dims)
    {
        var kept = new List<int>();
        for (var i = 0; i < input.Count; i++)
        {
            var row = input.Row(i);
            var inside = true;
            for (var d = 0; d < row.Length; d++)
                inside &= row[d] >= start[d] && row[d] - start[d] < dims[d];
            if (inside)
                kept.Add(i);
        }
        return [.. kept];
    }
}
