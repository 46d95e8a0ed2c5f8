namespace Engine.Ops.Traversal;

/// <summary>Any number of broadcast inputs as rows of the result: in a row, each input is contiguous or a single element.</summary>
internal sealed class BroadcastRows
{
    private readonly List<long> lengths = [];
    private readonly List<long[]> strides = [];

    /// <param name="shape">The result's shape, of at least one element.</param>
    /// <param name="inputs">The inputs' shapes, which can be broadcast to it.</param>
    internal BroadcastRows(Shape shape, ReadOnlySpan<Shape> inputs)
    {
        Steps = new long[inputs.Length];
        RowLength = 1;
        Rows = 1;
        var counts = new long[inputs.Length];
        Array.Fill(counts, 1);
        var isFirst = true;
        for (var i = 1; i <= shape.Rank; i++)
        {
            var n = shape[-i];
            if (n == 1)
                continue;
            var stride = new long[inputs.Length];
            for (var k = 0; k < inputs.Length; k++)
            {
                if (i > inputs[k].Rank || inputs[k][-i] == 1)
                    continue;
                stride[k] = counts[k];
                counts[k] *= n;
            }
            if (isFirst)
            {
                Steps = stride;
                RowLength = n;
                isFirst = false;
            }
            else if (lengths.Count == 0 && Continues(stride))
            {
                RowLength *= n;
            }
            else
            {
                lengths.Add(n);
                strides.Add(stride);
                Rows *= n;
            }
        }
    }

    /// <summary>Number of rows.</summary>
    internal long Rows { get; }

    /// <summary>Elements of a row.</summary>
    internal long RowLength { get; }

    /// <summary>For each input, 1 where it moves along a row, 0 where it stays.</summary>
    internal long[] Steps { get; }

    /// <summary>Where a row begins in each input.</summary>
    internal void Offsets(long row, Span<long> offsets)
    {
        offsets.Clear();
        for (var i = 0; i < lengths.Count; i++)
        {
            (row, var index) = Math.DivRem(row, lengths[i]);
            for (var k = 0; k < offsets.Length; k++)
                offsets[k] += index * strides[i][k];
        }
    }

    // Whether a dimension lies in every input as the row so far does.
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
