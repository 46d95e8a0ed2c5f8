using System.Numerics;
using Engine.Runtime;

namespace Engine.Ops.Gemm;

/// <summary>Many products of equal sizes, of any element type that a matrix product is defined for.</summary>
/// <param name="rows">Rows of each A and C.</param>
/// <param name="columns">Columns of each B and C.</param>
/// <param name="depth">Columns of each A, rows of each B.</param>
/// <param name="a">The first A.</param>
/// <param name="b">The first B.</param>
/// <param name="c">The first C; the matrices C are dense and follow one another.</param>
internal unsafe struct BatchProduct<T>(long rows, long columns, long depth, MatrixView<T> a, MatrixView<T> b, T* c) : IRangeBody
    where T : unmanaged, INumberBase<T>
{
    private long* _aOffsets;
    private long* _bOffsets;

    /// <summary>Computes one product, whatever the element type.</summary>
    public static void Multiply(
        long rows, long columns, long depth, MatrixView<T> a, MatrixView<T> b, T* c, long cRow, bool accumulate, WorkerTeam? team)
    {
        if (typeof(T) == typeof(float) || typeof(T) == typeof(double))
            MatrixProduct.Multiply(rows, columns, depth, a, b, c, cRow, accumulate, team);
        else if (NarrowFloats.Is<T>())
            NarrowProduct.Multiply(rows, columns, depth, a, b, c, cRow, accumulate, team);
        else
            ExactProduct<T>.Multiply(rows, columns, depth, a, b, c, cRow, accumulate, team);
    }

    /// <summary>Computes the products. Product i reads A and B at the given distances, in elements, from the first ones.</summary>
    public void Run(ReadOnlySpan<long> aOffsets, ReadOnlySpan<long> bOffsets, WorkerTeam? team)
    {
        fixed (long* pinnedA = aOffsets, pinnedB = bOffsets)
        {
            _aOffsets = pinnedA;
            _bOffsets = pinnedB;
            long count = aOffsets.Length;
            // A few large products are each split; many are dealt out whole.
            if (team is null || count < 2 * team.Threads)
            {
                for (long i = 0; i < count; i++)
                    One(i, team);
            }
            else
            {
                team.Run(count, Math.Max(1, rows * columns * depth / 8), ref this);
            }
        }
    }

    /// <summary>Computes some of the products.</summary>
    public void Invoke(long start, long end)
    {
        for (long i = start; i < end; i++)
            One(i, null);
    }

    private readonly void One(long i, WorkerTeam? team)
    {
        var left = new MatrixView<T>(a.Data + _aOffsets[i], a.RowStride, a.ColumnStride);
        var right = new MatrixView<T>(b.Data + _bOffsets[i], b.RowStride, b.ColumnStride);
        Multiply(rows, columns, depth, left, right, c + (i * rows * columns), columns, false, team);
    }
}
