using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Runtime;

namespace Engine.Ops.Gemm;

/// <summary>c (+)= a B for a vector a: each element of B is read once, so that memory sets the speed.</summary>
internal unsafe struct VectorProduct<T> : IGemmAction<T>, IRangeBody
    where T : unmanaged, INumberBase<T>
{
    /// <summary>Columns in one go: their sums stay in the first-level cache while B's rows pass by.</summary>
    private const int BlockColumns = 1024;

    private readonly T* _a;
    private readonly long _aStride;
    private readonly MatrixView<T> _b;
    private readonly long _columns;
    private readonly long _depth;
    private readonly T* _c;
    private readonly long _cStride;
    private readonly bool _accumulate;
    private readonly WorkerTeam? _team;
    private delegate*<ref VectorProduct<T>, long, long, void> _block;

    /// <summary>Describes the product of a [depth] with b [depth, columns], whose rows or columns have adjacent elements.</summary>
    public VectorProduct(
        T* a, long aStride, MatrixView<T> b, long columns, long depth, T* c, long cStride, bool accumulate, WorkerTeam? team)
    {
        _a = a;
        _aStride = aStride;
        _b = b;
        _columns = columns;
        _depth = depth;
        _c = c;
        _cStride = cStride;
        _accumulate = accumulate;
        _team = team;
    }

    /// <summary>Runs the product over columns.</summary>
    public void Invoke<W, V>()
        where W : struct, IGemmLanes<V, T>
    {
        bool adjacentRows = _b.ColumnStride == 1;
        _block = adjacentRows ? &AddRows<W, V> : &DotColumns<W, V>;
        long items = adjacentRows ? (_columns + 63) / 64 : _columns;
        long cost = Math.Max(1, (adjacentRows ? 64 : 1) * _depth * sizeof(T) / 16);
        if (_team is null)
            Invoke(0, items);
        else
            _team.Run(items, cost, ref this);
    }

    /// <summary>Computes elements of c: of 64 columns an item, or one.</summary>
    public void Invoke(long start, long end)
    {
        if (_b.ColumnStride != 1)
        {
            _block(ref this, start, end);
            return;
        }

        end = Math.Min(_columns, end * 64);
        for (long column = start * 64; column < end; column += BlockColumns)
            _block(ref this, column, Math.Min(end, column + BlockColumns));
    }

    /// <summary>Sums of B's rows, each times its element of a, four rows at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRows<W, V>(ref VectorProduct<T> product, long start, long end)
        where W : struct, IGemmLanes<V, T>
    {
        int columns = (int)(end - start);
        T* sums = stackalloc T[BlockColumns];
        new Span<T>(sums, columns).Clear();
        long stride = product._b.RowStride;
        for (long k = 0; k < product._depth; k += 4)
        {
            // Rows beyond the last cannot count as zero times something: that something may be infinite.
            int rows = (int)Math.Min(4, product._depth - k);
            T* b0 = product._b.At(k, start);
            T* a = product._a + (k * product._aStride);
            if (rows < 4)
            {
                for (int row = 0; row < rows; row++)
                    AddRow<W, V>(a[row * product._aStride], b0 + (row * stride), sums, columns);
                break;
            }

            T* b1 = b0 + stride;
            T* b2 = b1 + stride;
            T* b3 = b2 + stride;
            T x0 = a[0], x1 = a[product._aStride], x2 = a[2 * product._aStride], x3 = a[3 * product._aStride];
            V v0 = W.Broadcast(x0), v1 = W.Broadcast(x1), v2 = W.Broadcast(x2), v3 = W.Broadcast(x3);
            int j = 0;
            for (; j + W.Width <= columns; j += W.Width)
            {
                V sum = W.MultiplyAdd(v0, W.Load(b0 + j), W.Load(sums + j));
                V other = W.MultiplyAdd(v2, W.Load(b2 + j), W.Zero);
                sum = W.MultiplyAdd(v1, W.Load(b1 + j), sum);
                other = W.MultiplyAdd(v3, W.Load(b3 + j), other);
                W.Store(sums + j, W.Add(sum, other));
            }

            for (; j < columns; j++)
                sums[j] += (x0 * b0[j]) + (x1 * b1[j]) + ((x2 * b2[j]) + (x3 * b3[j]));
        }

        for (int j = 0; j < columns; j++)
        {
            T* c = product._c + ((start + j) * product._cStride);
            *c = product._accumulate ? *c + sums[j] : sums[j];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow<W, V>(T x, T* b, T* sums, int columns)
        where W : struct, IGemmLanes<V, T>
    {
        int j = 0;
        V v = W.Broadcast(x);
        for (; j + W.Width <= columns; j += W.Width)
            W.Store(sums + j, W.MultiplyAdd(v, W.Load(b + j), W.Load(sums + j)));
        for (; j < columns; j++)
            sums[j] += x * b[j];
    }

    /// <summary>Scalar products of a with B's columns, whose elements are adjacent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DotColumns<W, V>(ref VectorProduct<T> product, long start, long end)
        where W : struct, IGemmLanes<V, T>
    {
        long depth = product._depth;
        T* a = product._a;
        for (long column = start; column < end; column++)
        {
            T* b = product._b.At(0, column);
            V s0 = W.Zero, s1 = W.Zero, s2 = W.Zero, s3 = W.Zero;
            long k = 0;
            for (; k + (4 * W.Width) <= depth; k += 4 * W.Width)
            {
                s0 = W.MultiplyAdd(W.Load(a + k), W.Load(b + k), s0);
                s1 = W.MultiplyAdd(W.Load(a + k + W.Width), W.Load(b + k + W.Width), s1);
                s2 = W.MultiplyAdd(W.Load(a + k + (2 * W.Width)), W.Load(b + k + (2 * W.Width)), s2);
                s3 = W.MultiplyAdd(W.Load(a + k + (3 * W.Width)), W.Load(b + k + (3 * W.Width)), s3);
            }

            for (; k + W.Width <= depth; k += W.Width)
                s0 = W.MultiplyAdd(W.Load(a + k), W.Load(b + k), s0);
            T sum = W.Sum(W.Add(W.Add(s0, s1), W.Add(s2, s3)));
            for (; k < depth; k++)
                sum += a[k] * b[k];
            T* c = product._c + (column * product._cStride);
            *c = product._accumulate ? *c + sum : sum;
        }
    }
}
