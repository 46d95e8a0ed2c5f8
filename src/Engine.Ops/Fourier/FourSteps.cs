using System.Numerics;
using Engine.Ops.Gemm;
using Engine.Ops.Lanes;
using Engine.Runtime;

namespace Engine.Ops.Fourier;

/// <summary>
/// The transform of a line of length n·m as those of a matrix's columns and rows: with j = j₁m + j₂ and k = k₁ + nk₂, the columns j₂ are transformed, element k₁
/// of each is turned by exp(-2πi·k₁j₂ / nm), the rows k₁ are transformed. Threads share columns, then rows.
/// </summary>
internal sealed unsafe class FourSteps<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Smallest = 64;

    private readonly LaneTransform<T> _columns;
    private readonly LaneTransform<T> _rows;
    private readonly int _shift;
    private readonly Complex[] _coarse;
    private readonly Complex[] _fine;
    private readonly T[] _turns;

    internal FourSteps(int length)
    {
        int n = Divisor(length);
        Length = length;
        _columns = new LaneTransform<T>(n);
        _rows = n == length / n ? _columns : new LaneTransform<T>(length / n);
        // Roots of the whole length are products of two tables of about the square root of it.
        _shift = (BitOperations.Log2((uint)length) + 1) / 2;
        _fine = [.. Enumerable.Range(0, 1 << _shift).Select(i => Roots.At(i, length))];
        _coarse = [.. Enumerable.Range(0, (length >> _shift) + 1).Select(i => Roots.At((long)i << _shift, length))];
        int lanes = TransformWidth.Count<T>();
        _turns = Roots.Pinned<T>(2L * lanes * n);
        for (long k = 0; k < n; k++)
        {
            for (long lane = 0; lane < lanes; lane++)
            {
                Complex turn = Roots.At(k * lane, length);
                _turns[2 * k * lanes + lane] = T.CreateTruncating(turn.Real);
                _turns[(2 * k + 1) * lanes + lane] = T.CreateTruncating(turn.Imaginary);
            }
        }
    }

    private int Length { get; }

    /// <summary>Whether a length is long enough to be split, and can be.</summary>
    internal static bool Covers(int length) => length >= Smallest && Divisor(length) > 1;

    /// <summary>Transforms a line; source and target may be the same.</summary>
    internal void Run(WorkerTeam? team, T* source, T* target, bool inverse)
    {
        using var matrix = new Scratch<T>(2L * Length);
        var columns = new Step(this, source, matrix.Pointer, inverse, isFirst: true, team);
        TransformWidth.Invoke<T, Step>(ref columns);
        var rows = new Step(this, matrix.Pointer, target, inverse, isFirst: false, team);
        TransformWidth.Invoke<T, Step>(ref rows);
    }

    private static int Divisor(int length)
    {
        int divisor = (int)Math.Sqrt(length);
        while (divisor > 1 && length % divisor != 0)
            divisor--;
        return divisor;
    }

    private readonly struct Step(FourSteps<T> steps, T* source, T* target, bool inverse, bool isFirst, WorkerTeam? team) : ILaneAction<T>
    {
        public void Invoke<W, V>() where W : struct, IFloatLanes<V, T>
        {
            LaneTransform<T> transform = isFirst ? steps._columns : steps._rows;
            long lines = steps.Length / transform.Length, groups = (lines + W.Count - 1) / W.Count;
            var body = new Body<W, V>(steps, transform, source, target, inverse, isFirst, lines);
            if (team is null)
                body.Invoke(0, groups);
            else
                team.Run(groups, transform.Length * 20L, ref body);
        }
    }

    private readonly struct Body<W, V>(FourSteps<T> steps, LaneTransform<T> transform, T* source, T* target, bool inverse, bool isFirst, long lines) : IRangeBody
        where W : struct, IFloatLanes<V, T>
    {
        public void Invoke(long start, long end)
        {
            long length = transform.Length, size = 2L * W.Count * transform.Room;
            using var work = new Scratch<T>(2 * size);
            for (long group = start; group < end; group++)
            {
                T* x = work.Pointer;
                long first = group * W.Count;
                int count = (int)Math.Min(W.Count, lines - first);
                if (isFirst)
                {
                    LineBlock<T>.LoadColumns<W, V>(source + 2 * first, 2 * lines, length, count, x);
                    x = transform.Run<W, V>(x, x + size, inverse);
                    Turn(x, first);
                    LineBlock<T>.StoreColumns<W, V>(x, target + 2 * first, 2 * lines, length, count);
                }
                else
                {
                    LineBlock<T>.LoadRows(source + 2 * first * length, 2 * length, 2 * length, count, x, W.Count);
                    x = transform.Run<W, V>(x, x + size, inverse);
                    LineBlock<T>.StoreColumns<W, V>(x, target + 2 * first, 2 * lines, length, count);
                }
            }
        }

        private void Turn(T* x, long first)
        {
            nint re = inverse ? W.Count : 0, im = W.Count - re;
            fixed (T* turns = steps._turns)
            {
                for (long k = 0; k < transform.Length; k++, x += 2 * W.Count)
                {
                    long turn = k * first;
                    Complex root = steps._coarse[turn >> steps._shift] * steps._fine[turn & ((1L << steps._shift) - 1)];
                    V c = W.Broadcast(T.CreateTruncating(root.Real)), s = W.Broadcast(T.CreateTruncating(root.Imaginary));
                    T* lanes = turns + 2 * k * W.Count;
                    V lr = W.Load(in *lanes, 0), li = W.Load(in *lanes, W.Count);
                    V wr = W.Sub(W.Mul(lr, c), W.Mul(li, s)), wi = W.Fma(lr, s, W.Mul(li, c));
                    V xr = W.Load(in *x, re), xi = W.Load(in *x, im);
                    W.Store(W.Sub(W.Mul(xr, wr), W.Mul(xi, wi)), ref *x, re);
                    W.Store(W.Fma(xr, wi, W.Mul(xi, wr)), ref *x, im);
                }
            }
        }
    }
}
