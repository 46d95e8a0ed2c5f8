namespace Engine.Ops.Traversal;

/// <summary>Maps a contiguous run of elements; a loop over lanes with a body inside, or a scalar one.</summary>
/// <typeparam name="TIn">Element type of the input.</typeparam>
/// <typeparam name="TOut">Element type of the output.</typeparam>
internal interface IUnaryLoop<TIn, TOut>
{
    /// <summary>Writes <paramref name="count"/> results. Source and destination are the same or do not overlap.</summary>
    static abstract void Run(ref TIn source, ref TOut destination, nint count);
}

/// <summary>Combines contiguous runs of elements; either input may be one element that goes with all of the other's.</summary>
/// <typeparam name="TIn">Element type of the inputs.</typeparam>
/// <typeparam name="TOut">Element type of the output.</typeparam>
internal interface IBinaryLoop<TIn, TOut>
{
    /// <summary>Writes <paramref name="count"/> results. The destination is one of the sources or overlaps neither.</summary>
    static abstract void Run(ref TIn x, ref TIn y, ref TOut destination, nint count, bool xIsScalar, bool yIsScalar);
}
