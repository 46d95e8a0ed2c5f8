namespace Engine.Ops.Reductions;

/// <summary>How the rows of a segment become one.</summary>
/// <typeparam name="T">The number.</typeparam>
internal interface ISegmentReduction<T>
{
    /// <summary>The elements of a row for a segment that has none, where segments are sorted.</summary>
    static abstract T Gap { get; }

    /// <summary>The elements of a row for a segment that has none, where segments are not sorted.</summary>
    static virtual T Empty => throw new NotSupportedException();

    /// <summary>One more row into those so far.</summary>
    static abstract void Combine(Span<T> rows, ReadOnlySpan<T> row);

    /// <summary>The segment's result from its rows, <paramref name="count"/> of them.</summary>
    static virtual void Finish(Span<T> rows, long count)
    {
    }
}
