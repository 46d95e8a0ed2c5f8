namespace Engine.Ops.Sparse;

/// <summary>How the values of one group become one.</summary>
internal interface ISparseReducer<T>
{
    /// <summary>The reduction of <paramref name="values"/>, at least one.</summary>
    static abstract T Reduce(ReadOnlySpan<T> values);
}
