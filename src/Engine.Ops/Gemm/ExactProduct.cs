using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Runtime;

namespace Engine.Ops.Gemm;

/// <summary>
/// C (+)= A B of integers and complex numbers, in the element's own arithmetic: sums of rows of B, in order of k. Integers wrap.
/// </summary>
internal unsafe struct ExactProduct<T> : IRangeBody
    where T : unmanaged, INumberBase<T>
{
    /// <summary>Rows of B in one go, so that they are in the cache for every row of A.</summary>
    private const long BlockDepth = 64;

    private readonly MatrixView<T> _a;
    private readonly MatrixView<T> _b;
    private readonly long _columns;
    private readonly long _depth;
    private readonly T* _c;
    private readonly long _cRow;
    private readonly bool _accumulate;

    private ExactProduct(MatrixView<T> a, MatrixView<T> b, long columns, long depth, T* c, long cRow, bool accumulate)
    {
        _a = a;
        _b = b;
        _columns = columns;
        _depth = depth;
        _c = c;
        _cRow = cRow;
        _accumulate = accumulate;
    }

    /// <summary>Computes the product; the parameters are those of <see cref="MatrixProduct"/>.</summary>
    public static void Multiply(
        long rows, long columns, long depth, MatrixView<T> a, MatrixView<T> b, T* c, long cRow, bool accumulate, WorkerTeam? team)
    {
        if (rows <= 0 || columns <= 0)
            return;
        using var dense = new Scratch<T>(b.ColumnStride == 1 ? 0 : Math.Max(0, depth) * columns);
        if (b.ColumnStride != 1)
        {
            for (long k = 0; k < depth; k++)
            {
                for (long j = 0; j < columns; j++)
                    dense.Pointer[(k * columns) + j] = *b.At(k, j);
            }

            b = new MatrixView<T>(dense.Pointer, columns, 1);
        }

        var body = new ExactProduct<T>(a, b, columns, depth, c, cRow, accumulate);
        if (team is null)
            body.Invoke(0, rows);
        else
            team.Run(rows, Math.Max(1, columns * depth), ref body);
    }

    /// <summary>Computes rows of C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke(long start, long end)
    {
        for (long i = start; i < end && !_accumulate; i++)
        {
            T* c = _c + (i * _cRow);
            for (long j = 0; j < _columns; j++)
                c[j] = T.Zero;
        }

        for (long block = 0; block < _depth; block += BlockDepth)
        {
            long last = Math.Min(_depth, block + BlockDepth);
            for (long i = start; i < end; i++)
            {
                for (long k = block; k < last; k++)
                    AddRow(*_a.At(i, k), _b.Data + (k * _b.RowStride), _c + (i * _cRow), _columns);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(T x, T* b, T* c, long columns)
    {
        long j = 0;
        if (Vector.IsHardwareAccelerated && Vector<T>.IsSupported)
        {
            var factor = new Vector<T>(x);
            for (; j + Vector<T>.Count <= columns; j += Vector<T>.Count)
                Vector.Store(Vector.Load(c + j) + (factor * Vector.Load(b + j)), c + j);
        }

        for (; j < columns; j++)
            c[j] = unchecked(c[j] + (x * b[j]));
    }
}
