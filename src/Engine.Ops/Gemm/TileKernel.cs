using System.Runtime.CompilerServices;
using static Engine.Ops.Gemm.Constants;

namespace Engine.Ops.Gemm;

/// <summary>Computes a tile of C of any size up to the lanes' largest.</summary>
internal static unsafe class TileKernel<W, V, T>
    where W : struct, IGemmLanes<V, T>
    where T : unmanaged
{
    /// <summary>C[rows, columns] (+)= A B, where columns may end inside a vector; B must be padded to whole vectors.</summary>
    /// <param name="rows">Rows of the tile.</param>
    /// <param name="columns">Columns that exist in C.</param>
    /// <param name="k">Products per element.</param>
    /// <param name="a">A's first element.</param>
    /// <param name="aRow">Distance of A's rows.</param>
    /// <param name="aColumn">Distance of A's columns.</param>
    /// <param name="b">B's first element.</param>
    /// <param name="bRow">Distance of B's rows.</param>
    /// <param name="c">C's first element.</param>
    /// <param name="cRow">Distance of C's rows.</param>
    /// <param name="accumulate">Whether C's old value is added.</param>
    /// <param name="tile">Room for a whole tile.</param>
    /// <param name="ahead">What the next tiles read, as many cache lines as <paramref name="k"/>: fetched meanwhile.</param>
    public static void Run(
        int rows, int columns, long k, T* a, long aRow, long aColumn, T* b, long bRow, T* c, long cRow, bool accumulate, T* tile, T* ahead)
    {
        int vectors = (columns + W.Width - 1) / W.Width;
        if (vectors * W.Width == columns)
        {
            Whole(rows, vectors, k, a, aRow, aColumn, b, bRow, c, cRow, accumulate, ahead);
            return;
        }

        int width = vectors * W.Width;
        if (accumulate)
        {
            for (int i = 0; i < rows; i++)
                new Span<T>(c + (i * cRow), columns).CopyTo(new Span<T>(tile + (i * width), width));
        }

        Whole(rows, vectors, k, a, aRow, aColumn, b, bRow, tile, width, accumulate, ahead);
        for (int i = 0; i < rows; i++)
            new Span<T>(tile + (i * width), columns).CopyTo(new Span<T>(c + (i * cRow), columns));
    }

    private static void Whole(
        int rows, int vectors, long k, T* a, long aRow, long aColumn, T* b, long bRow, T* c, long cRow, bool accumulate, T* ahead)
    {
        if (W.TileVectors > 2 && vectors == 3)
            Rows<Three>(rows, k, a, aRow, aColumn, b, bRow, c, cRow, accumulate, ahead);
        else if (vectors == 2)
            Rows<Two>(rows, k, a, aRow, aColumn, b, bRow, c, cRow, accumulate, ahead);
        else
            Rows<One>(rows, k, a, aRow, aColumn, b, bRow, c, cRow, accumulate, ahead);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rows<N>(int rows, long k, T* a, long aRow, long aColumn, T* b, long bRow, T* c, long cRow, bool accumulate, T* ahead)
        where N : struct, IConstant
    {
        switch (rows)
        {
            case 1:
                RowKernel.Run<W, V, T, N>(k, a, aColumn, b, bRow, c, accumulate);
                break;
            case 2:
                MicroKernel.Run<W, V, T, Two, N>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate, ahead);
                break;
            case 3:
                MicroKernel.Run<W, V, T, Three, N>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate, ahead);
                break;
            case 4:
                MicroKernel.Run<W, V, T, Four, N>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate, ahead);
                break;
            case 5:
                MicroKernel.Run<W, V, T, Five, N>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate, ahead);
                break;
            case 6:
                MicroKernel.Run<W, V, T, Six, N>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate, ahead);
                break;
            case 7 when W.TileRows > 6:
                MicroKernel.Run<W, V, T, Seven, N>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate, ahead);
                break;
            case 8 when W.TileRows > 6:
                MicroKernel.Run<W, V, T, Eight, N>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate, ahead);
                break;
        }
    }
}
