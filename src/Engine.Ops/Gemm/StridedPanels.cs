namespace Engine.Ops.Gemm;

/// <summary>Panels of a matrix in memory.</summary>
internal readonly unsafe struct StridedPanels<T>(MatrixView<T> matrix) : IPanelSource<T>
    where T : unmanaged
{
    private readonly MatrixView<T> _matrix = matrix;

    public void Pack(long row, int rows, long k, long count, T* panel) => PanelPacking.Pack(_matrix, row, rows, k, count, panel, rows);

    public bool TryView(out MatrixView<T> view)
    {
        view = _matrix;
        return true;
    }
}
