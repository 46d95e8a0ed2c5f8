using System.Numerics;
using Engine.Runtime;

namespace Engine.Ops.Gemm;

/// <summary>C (+)= A B of float or double. Nothing is checked: pointers, strides and sizes must fit.</summary>
internal static unsafe class MatrixProduct
{
    /// <summary>Up to so many rows of A, packing B costs more than it saves.</summary>
    private const long RowsWorthPacking = 16;

    /// <summary>Most bytes of B that are packed at a time, if its columns allow.</summary>
    private const long PackedBytes = 8 << 20;

    /// <summary>Most columns of B that are packed at a time; a multiple of every lanes' panel width.</summary>
    private const long PackedColumns = 3072;

    /// <summary>C[rows, columns] (+)= a[rows, depth] b[depth, columns].</summary>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="columns">Columns of B and C.</param>
    /// <param name="depth">Columns of A, rows of B; 0 gives zeros.</param>
    /// <param name="a">The left matrix.</param>
    /// <param name="b">The right matrix.</param>
    /// <param name="c">C's first element; its columns are adjacent.</param>
    /// <param name="cRow">Distance of C's rows.</param>
    /// <param name="accumulate">Whether C's old value is added.</param>
    /// <param name="team">Threads to share the work; null for the caller alone.</param>
    public static void Multiply<T>(
        long rows, long columns, long depth, MatrixView<T> a, MatrixView<T> b, T* c, long cRow, bool accumulate, WorkerTeam? team)
        where T : unmanaged, INumberBase<T>
    {
        if (rows <= 0 || columns <= 0)
            return;
        if (depth <= 0)
        {
            Clear(rows, columns, c, cRow, accumulate);
            return;
        }

        if (rows == 1 && (b.ColumnStride == 1 || (b.RowStride == 1 && a.ColumnStride == 1)))
        {
            var product = new VectorProduct<T>(a.Data, a.ColumnStride, b, columns, depth, c, 1, accumulate, team);
            GemmWidth.Invoke<T, VectorProduct<T>>(ref product);
        }
        else if (columns == 1 && (a.RowStride == 1 || (a.ColumnStride == 1 && b.RowStride == 1)))
        {
            var product = new VectorProduct<T>(b.Data, b.RowStride, a.Transposed, rows, depth, c, cRow, accumulate, team);
            GemmWidth.Invoke<T, VectorProduct<T>>(ref product);
        }
        else if (rows <= RowsWorthPacking && b.ColumnStride == 1)
        {
            var product = new UnpackedProduct<T>(a, b, rows, columns, depth, c, cRow, accumulate, team);
            GemmWidth.Invoke<T, UnpackedProduct<T>>(ref product);
        }
        else
        {
            MultiplyPanels(new StridedPanels<T>(a), rows, columns, depth, b, c, cRow, accumulate, team);
        }
    }

    /// <summary>C[rows, columns of b] (+)= a[rows, rows of b] b, with B packed before.</summary>
    public static void Multiply<T>(
        long rows, MatrixView<T> a, PackedMatrix<T> b, T* c, long cRow, bool accumulate, WorkerTeam? team, in Epilogue<T> epilogue = default)
        where T : unmanaged, INumberBase<T>
        => MultiplyPanels(new StridedPanels<T>(a), rows, b, c, cRow, accumulate, team, epilogue);

    /// <summary>The same for a left matrix that is made panel by panel.</summary>
    public static void MultiplyPanels<T, TSource>(
        TSource a, long rows, PackedMatrix<T> b, T* c, long cRow, bool accumulate, WorkerTeam? team, in Epilogue<T> epilogue = default)
        where T : unmanaged, INumberBase<T>
        where TSource : struct, IPanelSource<T>
    {
        if (b.Rows == 0)
        {
            Clear(rows, b.Columns, c, cRow, accumulate);
            if (!epilogue.IsEmpty)
                epilogue.Apply(c, cRow, rows, b.Columns, 0, 0);
            return;
        }

        var product = new BlockedProduct<T, TSource>(a, 0, rows, b.Columns, b.Rows, b.Data, c, cRow, accumulate, team, epilogue);
        BlockedProduct<T, TSource>.Run(ref product);
        GC.KeepAlive(b);
    }

    /// <summary>The same with a right matrix that is packed on the way.</summary>
    public static void MultiplyPanels<T, TSource>(
        TSource a, long rows, long columns, long depth, MatrixView<T> b, T* c, long cRow, bool accumulate, WorkerTeam? team)
        where T : unmanaged, INumberBase<T>
        where TSource : struct, IPanelSource<T>
    {
        if (rows <= 0 || columns <= 0)
            return;
        if (depth <= 0)
        {
            Clear(rows, columns, c, cRow, accumulate);
            return;
        }

        long columnsAtATime = Math.Min(PackedColumns, columns);
        long depthAtATime = Math.Max(1, PackedBytes / sizeof(T) / columnsAtATime / PackedMatrix<T>.BlockDepth) * PackedMatrix<T>.BlockDepth;
        depthAtATime = Math.Min(depthAtATime, depth);
        using var scratch = new Scratch<T>(PanelLayout.PaddedColumns<T>(columnsAtATime) * depthAtATime);
        for (long column = 0; column < columns; column += columnsAtATime)
        {
            long width = Math.Min(columnsAtATime, columns - column);
            for (long k = 0; k < depth; k += depthAtATime)
            {
                long count = Math.Min(depthAtATime, depth - k);
                PanelLayout.Pack(new MatrixView<T>(b.At(k, column), b.RowStride, b.ColumnStride), count, width, scratch.Pointer, team);
                var product = new BlockedProduct<T, TSource>(
                    a, k, rows, width, count, scratch.Pointer, c + column, cRow, accumulate || k > 0, team);
                BlockedProduct<T, TSource>.Run(ref product);
            }
        }
    }

    private static void Clear<T>(long rows, long columns, T* c, long cRow, bool accumulate)
        where T : unmanaged
    {
        if (accumulate)
            return;
        for (long i = 0; i < rows; i++)
        {
            for (long j = 0; j < columns; j++)
                c[(i * cRow) + j] = default;
        }
    }
}
