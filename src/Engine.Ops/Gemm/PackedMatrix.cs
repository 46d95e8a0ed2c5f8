using System.Numerics;
using Engine.Runtime;

namespace Engine.Ops.Gemm;

/// <summary>
/// The right matrix of a product, in the order in which the kernels read it: blocks of <see cref="BlockDepth"/> rows, in each panels
/// of a few vectors of columns, row by row, the last one padded with zeros to whole vectors. Made once for weights.
/// </summary>
internal sealed unsafe class PackedMatrix<T>
    where T : unmanaged, INumberBase<T>
{
    /// <summary>
    /// Rows of a block: a panel of this depth stays in the second-level cache while A passes by, from where it streams as fast as the
    /// kernels read, and most products finish C in one go.
    /// </summary>
    public const int BlockDepth = 1024;

    private readonly T[] _array;
    private readonly int _first;

    /// <summary>Packs <paramref name="matrix"/>, <paramref name="rows"/> by <paramref name="columns"/>.</summary>
    public PackedMatrix(MatrixView<T> matrix, long rows, long columns, WorkerTeam? team = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        Rows = rows;
        Columns = columns;
        long count = checked(rows * PanelLayout.PaddedColumns<T>(columns));
        _array = GC.AllocateUninitializedArray<T>(checked((int)(count + (64 / sizeof(T)))), pinned: true);
        fixed (T* start = _array)
            _first = (int)((64 - ((nint)start & 63)) & 63) / sizeof(T);
        PanelLayout.Pack(matrix, rows, columns, Data, team);
    }

    /// <summary>Rows of the matrix, the depth of a product with it.</summary>
    public long Rows { get; }

    /// <summary>Columns of the matrix.</summary>
    public long Columns { get; }

    /// <summary>The first panel. The array is pinned: valid as long as this object is reachable.</summary>
    internal T* Data
    {
        get
        {
            fixed (T* start = _array)
                return start + _first;
        }
    }
}
