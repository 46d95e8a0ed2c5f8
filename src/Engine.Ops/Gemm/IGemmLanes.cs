namespace Engine.Ops.Gemm;

/// <summary>The vector operations that the matrix kernels need, for <typeparamref name="V"/> of several <typeparamref name="T"/>.</summary>
internal unsafe interface IGemmLanes<V, T>
    where T : unmanaged
{
    /// <summary>Elements in a vector.</summary>
    static abstract int Width { get; }

    /// <summary>Rows of the largest tile of C whose accumulators stay in registers.</summary>
    static abstract int TileRows { get; }

    /// <summary>Columns of that tile, counted in vectors.</summary>
    static abstract int TileVectors { get; }

    static abstract V Zero { get; }

    static abstract V Load(T* source);

    static abstract void Store(T* destination, V value);

    static abstract V Broadcast(T value);

    static abstract V Add(V left, V right);

    /// <summary>left * right + addend, rounded once where the processor does it so.</summary>
    static abstract V MultiplyAdd(V left, V right, V addend);

    /// <summary>The sum of the elements.</summary>
    static abstract T Sum(V value);
}
