using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Elementwise;

/// <summary>Broadcast tensors, or pieces of their last dimensions, as rows of the result: in a row each is contiguous or a single element.</summary>
internal sealed class StridedRows
{
    private readonly List<long> lengths = [];
    private readonly List<long[]> strides = [];

    /// <param name="shapes">Shapes of the tensors.</param>
    /// <param name="pieces">For each tensor, which piece of its last dimension and of how many.</param>
    /// <exception cref="EngineException">INVALID_ARGUMENT when they cannot be broadcast together or divided.</exception>
    internal StridedRows(Shape[] shapes, long[] pieces)
    {
        Shapes = shapes;
        Starts = new long[shapes.Length];
        var views = new Shape[shapes.Length];
        for (var i = 0; i < shapes.Length; i++)
        {
            var (index, count) = (pieces[2 * i], pieces[(2 * i) + 1]);
            views[i] = shapes[i];
            if (count == 1)
                continue;
            if (shapes[i].Rank == 0 || shapes[i][-1] % count != 0)
                throw EngineException.InvalidArgument($"Number of ways to split should evenly divide the split dimension, but got {shapes[i]} and num_split {count}");
            views[i] = shapes[i].With(shapes[i].Rank - 1, shapes[i][-1] / count);
            Starts[i] = index * views[i][-1];
        }
        Result = views[0];
        for (var i = 1; i < views.Length; i++)
            Result = Broadcasting.Shape(Result, views[i]);
        Steps = new long[shapes.Length];
        RowLength = 1;
        Rows = 1;
        if (Result.Count > 0)
            Arrange(views);
    }

    /// <summary>The tensors' shapes.</summary>
    internal Shape[] Shapes { get; }

    /// <summary>The result's shape.</summary>
    internal Shape Result { get; }

    /// <summary>The first element of each tensor's piece.</summary>
    internal long[] Starts { get; }

    /// <summary>Number of rows.</summary>
    internal long Rows { get; private set; }

    /// <summary>Elements of a row.</summary>
    internal long RowLength { get; private set; }

    /// <summary>For each tensor, 1 where it moves along a row, 0 where it stays.</summary>
    internal long[] Steps { get; private set; }

    /// <summary>Where a row begins in each tensor's piece.</summary>
    internal void Offsets(long row, Span<long> offsets)
    {
        offsets.Clear();
        for (var i = 0; i < lengths.Count; i++)
        {
            (row, var index) = i == lengths.Count - 1 ? (0, row) : Math.DivRem(row, lengths[i]);
            for (var k = 0; k < offsets.Length; k++)
                offsets[k] += index * strides[i][k];
        }
    }

    private void Arrange(Shape[] views)
    {
        var isFirst = true;
        for (var i = 1; i <= Result.Rank; i++)
        {
            var n = Result[-i];
            if (n == 1)
                continue;
            var stride = new long[views.Length];
            for (var k = 0; k < views.Length; k++)
            {
                if (i <= views[k].Rank && views[k][-i] != 1)
                    stride[k] = Shapes[k].CountOf(Shapes[k].Rank - i + 1, Shapes[k].Rank);
            }
            if (isFirst && i == 1 || isFirst && IsRow(stride))
            {
                (Steps, RowLength, isFirst) = (stride, n, false);
            }
            else if (!isFirst && lengths.Count == 0 && Continues(stride))
            {
                RowLength *= n;
            }
            else
            {
                isFirst = false;
                lengths.Add(n);
                strides.Add(stride);
                Rows *= n;
            }
        }
    }

    private static bool IsRow(long[] stride) => Array.TrueForAll(stride, s => s is 0 or 1);

    // Whether a dimension lies in every tensor as the row so far does.
    private bool Continues(long[] stride)
    {
        for (var k = 0; k < stride.Length; k++)
        {
            if (stride[k] != Steps[k] * RowLength)
                return false;
        }
        return true;
    }
}
