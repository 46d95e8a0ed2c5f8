namespace Engine.Ops.Gemm;

/// <summary>The left matrix of a product: hands out panels of a few rows, packed, so that it need not exist as a matrix.</summary>
internal unsafe interface IPanelSource<T>
    where T : unmanaged
{
    /// <summary>
    /// Writes rows [row, row + rows) by columns [k, k + count): for each column, its <paramref name="rows"/> elements side by side.
    /// </summary>
    void Pack(long row, int rows, long k, long count, T* panel);

    /// <summary>True, with the elements as they lie in memory, if the kernel may read them there.</summary>
    bool TryView(out MatrixView<T> view);
}
