using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Runtime;

namespace Engine.Ops.Gemm;

/// <summary>
/// C (+)= A B for few rows, where packing B would cost as much as the product: the kernels read both where they lie. B's columns must
/// be adjacent.
/// </summary>
internal unsafe struct UnpackedProduct<T> : IGemmAction<T>, IRangeBody
    where T : unmanaged, INumberBase<T>
{
    /// <summary>Rows of B in one go, so that what a tile reads of it stays in the cache for the next tile.</summary>
    private const long BlockDepth = 512;

    private readonly MatrixView<T> _a;
    private readonly MatrixView<T> _b;
    private readonly long _rows;
    private readonly long _columns;
    private readonly long _depth;
    private readonly T* _c;
    private readonly long _cRow;
    private readonly bool _accumulate;
    private readonly WorkerTeam? _team;
    private delegate*<ref UnpackedProduct<T>, long, void> _panel;

    /// <summary>Describes the product of a [rows, depth] with b [depth, columns].</summary>
    public UnpackedProduct(
        MatrixView<T> a, MatrixView<T> b, long rows, long columns, long depth, T* c, long cRow, bool accumulate, WorkerTeam? team)
    {
        _a = a;
        _b = b;
        _rows = rows;
        _columns = columns;
        _depth = depth;
        _c = c;
        _cRow = cRow;
        _accumulate = accumulate;
        _team = team;
    }

    /// <summary>Runs the product over panels of columns.</summary>
    public void Invoke<W, V>()
        where W : struct, IGemmLanes<V, T>
    {
        _panel = &Panel<W, V>;
        int panelColumns = W.Width * W.TileVectors;
        long panels = (_columns + panelColumns - 1) / panelColumns;
        if (_team is null)
            Invoke(0, panels);
        else
            _team.Run(panels, Math.Max(1, _rows * panelColumns * _depth / (2 * W.Width)), ref this);
    }

    /// <summary>Computes panels of C.</summary>
    public void Invoke(long start, long end)
    {
        for (long panel = start; panel < end; panel++)
            _panel(ref this, panel);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Panel<W, V>(ref UnpackedProduct<T> product, long panel)
        where W : struct, IGemmLanes<V, T>
    {
        long column = panel * W.Width * W.TileVectors;
        int columns = (int)Math.Min(W.Width * W.TileVectors, product._columns - column);
        int whole = columns / W.Width * W.Width;
        if (whole > 0)
            Columns<W, V>(ref product, column, whole, product._b.At(0, column), product._b.RowStride, null);
        if (whole == columns)
            return;

        // The last columns do not fill a vector: reading one there could leave B's memory.
        T* tile = stackalloc T[8 * (64 / sizeof(T))];
        using var padded = new Scratch<T>(product._depth * W.Width);
        PanelPacking.Pack(product._b.Transposed, column + whole, columns - whole, 0, product._depth, padded.Pointer, W.Width);
        Columns<W, V>(ref product, column + whole, columns - whole, padded.Pointer, W.Width, tile);
    }

    private static void Columns<W, V>(ref UnpackedProduct<T> product, long column, int columns, T* b, long bRow, T* tile)
        where W : struct, IGemmLanes<V, T>
    {
        for (long k = 0; k < product._depth; k += BlockDepth)
        {
            long count = Math.Min(BlockDepth, product._depth - k);
            for (long i = 0; i < product._rows; i += W.TileRows)
            {
                TileKernel<W, V, T>.Run(
                    (int)Math.Min(W.TileRows, product._rows - i),
                    columns,
                    count,
                    product._a.At(i, k),
                    product._a.RowStride,
                    product._a.ColumnStride,
                    b + (k * bRow),
                    bRow,
                    product._c + (i * product._cRow) + column,
                    product._cRow,
                    product._accumulate || k > 0,
                    tile,
                    b + (k * bRow));
            }
        }
    }
}
