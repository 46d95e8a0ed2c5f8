
namespace Engine.Ops.Reductions;

/// <summary>What ops on segments check and compute alike.</summary>
internal static class SegmentRows
{
    /// <summary>Integers of either width.</summary>
    internal static long At(Tensor integers, long index) => integers.Type switch
    {
        DType.Int32 => integers.AsSpan<int>()[(int)index],
        DType.Int16 => integers.AsSpan<short>()[(int)index],
        _ => integers.AsSpan<long>()[(int)index],
    };

    /// <summary>The only element of an integer tensor.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when it is no scalar.</exception>
    internal static long Scalar(Tensor integer, string name)
        => integer.Rank == 0 ? At(integer, 0) : throw EngineException.InvalidArgument($"{name} should be a scalar, not of shape {integer.Shape}");

    /// <summary>The shape of rows after the first dimension, with <paramref name="rows"/> of them.</summary>
    internal static Shape OutputShape(Shape data, int rowDimensions, long rows) => Shape.Vector(rows).Concat(data.Slice(rowDimensions));

    /// <summary>Elements of a row, the product of the dimensions from <paramref name="start"/> on.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for more than 2^31 - 1 of them.</exception>
    internal static int Width(Shape shape, int start)
    {
        var width = shape.CountOf(start, shape.Rank);
        return width is >= 0 and <= int.MaxValue ? (int)width : throw EngineException.InvalidArgument($"Rows of shape {shape} are too long.");
    }

    /// <summary>
    /// Checks that segments are sorted and in range; answers their number: that of the last and those before, or <paramref name="declared"/> ones.
    /// </summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when they are not.</exception>
    internal static long CheckSorted(Tensor segments, long? declared)
    {
        var before = 0L;
        for (var i = 0L; i < segments.Count; i++)
        {
            var id = At(segments, i);
            if (id < 0)
                throw EngineException.InvalidArgument("segment ids must be >= 0");
            if (id < before)
                throw EngineException.InvalidArgument("segment ids are not increasing");
            if (declared is { } n && id >= n)
                throw EngineException.InvalidArgument($"segment ids must be < num_segments: {id} is not in [0, {n})");
            before = id;
        }
        // The number of segments must fit the type of their ids.
        if (declared is null && segments.Type == DType.Int32 && before == int.MaxValue)
            throw EngineException.InvalidArgument($"segment id {before} is too large");
        return declared ?? (segments.Count == 0 ? 0 : before + 1);
    }

    /// <summary>Reduces rows whose segments are sorted and checked.</summary>
    /// <param name="data">Rows of <paramref name="width"/> elements.</param>
    /// <param name="width">Elements of a row.</param>
    /// <param name="segments">The segment of each row, checked.</param>
    /// <param name="indices">Which row of the data each one is, checked; null where they follow each other.</param>
    /// <param name="result">A row per segment.</param>
    /// <param name="rows">Number of segments.</param>
    internal static unsafe void Reduce<TReduction, T>(T* data, int width, Tensor segments, Tensor? indices, T* result, long rows)
        where TReduction : struct, ISegmentReduction<T> where T : unmanaged
    {
        if (width == 0)
            return;
        var row = 0L;
        for (var i = 0L; i < segments.Count;)
        {
            var id = At(segments, i);
            for (; row < id; row++)
                new Span<T>(result + row * width, width).Fill(TReduction.Gap);
            var target = new Span<T>(result + id * width, width);
            var count = 0L;
            for (; i < segments.Count && At(segments, i) == id; i++, count++)
            {
                var source = new ReadOnlySpan<T>(data + (indices is null ? i : At(indices, i)) * width, width);
                if (count == 0)
                    source.CopyTo(target);
                else
                    TReduction.Combine(target, source);
            }
            TReduction.Finish(target, count);
            row = id + 1;
        }
        for (; row < rows; row++)
            new Span<T>(result + row * width, width).Fill(TReduction.Gap);
    }
}
