namespace Engine.Ops.Gemm;

/// <summary>A matrix in memory: where it starts and how far its rows and columns are apart, in elements.</summary>
internal readonly unsafe struct MatrixView<T>(T* data, long rowStride, long columnStride)
    where T : unmanaged
{
    public T* Data { get; } = data;

    public long RowStride { get; } = rowStride;

    public long ColumnStride { get; } = columnStride;

    public MatrixView<T> Transposed => new(Data, ColumnStride, RowStride);

    public T* At(long row, long column) => Data + (row * RowStride) + (column * ColumnStride);

    /// <summary>A matrix whose rows follow one another, or one that is stored as its transpose.</summary>
    /// <param name="data">The first element.</param>
    /// <param name="rows">Rows of the matrix as it is used.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="transposed">Whether memory holds the transpose.</param>
    public static MatrixView<T> Dense(T* data, long rows, long columns, bool transposed = false)
        => transposed ? new(data, 1, rows) : new(data, columns, 1);
}
