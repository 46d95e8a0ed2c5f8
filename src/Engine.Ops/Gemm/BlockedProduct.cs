using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Runtime;

namespace Engine.Ops.Gemm;

/// <summary>
/// C (+)= A B for a packed B: blocks of A's rows, one block a piece of work; in each, blocks of k as deep as B's panels; in those, panels
/// of B, which stay in the cache while the tiles of C down the block are computed. A is read where it lies if its rows are runs of
/// adjacent elements; else the block's part of it is packed.
/// </summary>
internal unsafe struct BlockedProduct<T, TSource> : IGemmAction<T>, IRangeBody
    where T : unmanaged, INumberBase<T>
    where TSource : struct, IPanelSource<T>
{
    /// <summary>Most rows of a block.</summary>
    private const long MaximumBlockRows = 240;

    /// <summary>Most bytes of A in a block: they and two panels of B fit the second-level cache.</summary>
    private const long MaximumBlockBytes = 256 << 10;

    /// <summary>A transposed A is read in place, not packed, when its elements are used by no more panels than this.</summary>
    private const long PanelsWorthPacking = 3;

    private TSource _source;
    private readonly long _firstDepth;
    private readonly long _rows;
    private readonly long _columns;
    private readonly long _depth;
    private readonly T* _packed;
    private readonly T* _c;
    private readonly long _cRow;
    private readonly bool _accumulate;
    private readonly Epilogue<T> _epilogue;
    private readonly WorkerTeam? _team;
    private delegate*<ref BlockedProduct<T, TSource>, long, long, long, long, void> _block;
    private long _blockRows;
    private PanelGrid _panels;
    private long _itemPanels;
    private long _columnItems;

    /// <summary>
    /// Describes the product of <paramref name="source"/> [rows, depth], from column <paramref name="firstDepth"/> on, with a packed
    /// matrix [depth, columns].
    /// </summary>
    public BlockedProduct(
        TSource source,
        long firstDepth,
        long rows,
        long columns,
        long depth,
        T* packed,
        T* c,
        long cRow,
        bool accumulate,
        WorkerTeam? team,
        in Epilogue<T> epilogue = default)
    {
        _source = source;
        _firstDepth = firstDepth;
        _rows = rows;
        _columns = columns;
        _depth = depth;
        _packed = packed;
        _c = c;
        _cRow = cRow;
        _accumulate = accumulate;
        _team = team;
        _epilogue = epilogue;
    }

    /// <summary>Computes the product.</summary>
    public static void Run(ref BlockedProduct<T, TSource> product) => GemmWidth.Invoke<T, BlockedProduct<T, TSource>>(ref product);

    /// <summary>Splits the product into items and runs them.</summary>
    public void Invoke<W, V>()
        where W : struct, IGemmLanes<V, T>
    {
        int threads = _team?.Threads ?? 1;
        long tileRows = W.TileRows;
        long blockRows = Math.Clamp(MaximumBlockBytes / sizeof(T) / Math.Min(_depth, PackedMatrix<T>.BlockDepth), 1, MaximumBlockRows);
        if (threads > 1)
            blockRows = Math.Clamp((_rows + (2 * threads) - 1) / (2 * threads), 1, blockRows);
        _blockRows = (blockRows + tileRows - 1) / tileRows * tileRows;
        long rowItems = (_rows + _blockRows - 1) / _blockRows;

        // Few rows: the threads share the columns too; in few pieces where each must pack A for itself.
        _panels = new PanelGrid(_columns, W.Width, W.TileVectors);
        if (_panels.Count == 0)
            return;
        long pieces = _source.TryView(out _) ? 4 * threads : 2 * threads;
        long wanted = rowItems >= threads ? 1 : Math.Min(_panels.Count, (pieces / rowItems) + 1);
        _itemPanels = (_panels.Count + wanted - 1) / wanted;
        _columnItems = (_panels.Count + _itemPanels - 1) / _itemPanels;

        _block = &Block<W, V>;
        long items = rowItems * _columnItems;
        if (_team is null)
            Invoke(0, items);
        else
            _team.Run(items, Math.Max(1, _blockRows * _itemPanels * W.TileVectors * _depth / 2), ref this);
    }

    /// <summary>Computes items of the product.</summary>
    public void Invoke(long start, long end)
    {
        for (long item = start; item < end; item++)
        {
            long row = item / _columnItems * _blockRows;
            long panel = item % _columnItems * _itemPanels;
            _block(ref this, row, Math.Min(_blockRows, _rows - row), panel, Math.Min(panel + _itemPanels, _panels.Count));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block<W, V>(ref BlockedProduct<T, TSource> product, long row, long rows, long firstPanel, long endPanel)
        where W : struct, IGemmLanes<V, T>
    {
        long depth = product._depth;
        long padded = (product._columns + W.Width - 1) / W.Width * W.Width;
        PanelGrid panels = product._panels;
        bool inPlace = product._source.TryView(out MatrixView<T> view) && (view.ColumnStride == 1 || endPanel - firstPanel <= PanelsWorthPacking);
        T* tile = stackalloc T[8 * 3 * (64 / sizeof(T))];
        using var scratch = new Scratch<T>(inPlace ? 0 : rows * Math.Min(depth, PackedMatrix<T>.BlockDepth));

        for (long k = 0; k < depth; k += PackedMatrix<T>.BlockDepth)
        {
            long count = Math.Min(PackedMatrix<T>.BlockDepth, depth - k);
            bool accumulate = product._accumulate || k > 0;
            bool finishes = k + count == depth && !product._epilogue.IsEmpty;
            if (!inPlace)
            {
                for (long i = 0; i < rows; i += W.TileRows)
                    product._source.Pack(row + i, (int)Math.Min(W.TileRows, rows - i), product._firstDepth + k, count, scratch.Pointer + (i * count));
            }

            for (long panel = firstPanel; panel < endPanel; panel++)
            {
                long column = panels.Start(panel);
                int columns = (int)(panels.Start(panel + 1) - column);
                int width = (columns + W.Width - 1) / W.Width * W.Width;
                T* b = product._packed + (k * padded) + (column * count);
                T* c = product._c + (row * product._cRow) + column;
                for (long i = 0; i < rows; i += W.TileRows)
                {
                    int tileRows = (int)Math.Min(W.TileRows, rows - i);
                    T* a = inPlace ? view.At(row + i, product._firstDepth + k) : scratch.Pointer + (i * count);
                    long aRow = inPlace ? view.RowStride : 1;
                    long aColumn = inPlace ? view.ColumnStride : tileRows;

                    // The first tiles of a panel fetch the next panel, which lies behind it.
                    long fetched = i / W.TileRows * (64 / sizeof(T));
                    T* ahead = b + ((fetched < width ? width + fetched : 0) * count);
                    TileKernel<W, V, T>.Run(
                        tileRows, columns, count, a, aRow, aColumn, b, width, c + (i * product._cRow), product._cRow, accumulate, tile, ahead);
                    if (finishes)
                        product._epilogue.Apply(c + (i * product._cRow), product._cRow, tileRows, columns, row + i, column);
                }
            }
        }
    }
}
