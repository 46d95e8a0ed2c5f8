using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Engine.Ops.Lanes;
using Engine.Runtime;

namespace Engine.Ops.Nn;

/// <summary>Softmax or its logarithm of rows, at the widest registers: maximum, exponentials with their sum, division. The end of a row is padded with minus infinity.</summary>
internal readonly unsafe struct SoftmaxRows<T>(T* source, T* result, long columns, bool isLog) : IRangeBody where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Writes the softmax of <paramref name="rows"/> rows.</summary>
    internal static void Run(WorkerTeam workers, T* source, T* result, long rows, long columns, bool isLog)
    {
        if (columns == 0)
            return;
        var body = new SoftmaxRows<T>(source, result, columns, isLog);
        workers.Run(rows, columns * 6, ref body);
    }

    public void Invoke(long start, long end)
    {
        if (columns <= ShortRow)
            start = ShortRows(start, end);
        for (var row = start; row < end; row++)
        {
            var x = source + row * columns;
            var y = result + row * columns;
            if (Vector512.IsHardwareAccelerated)
                Row<Lanes512<T>, Vector512<T>>(x, y);
            else if (Vector256.IsHardwareAccelerated)
                Row<Lanes256<T>, Vector256<T>>(x, y);
            else if (Vector128.IsHardwareAccelerated)
                Row<Lanes128<T>, Vector128<T>>(x, y);
            else
                Row<ScalarLanes<T>, T>(x, y);
        }
    }

    /// <summary>Rows up to this length are computed side by side, one in each lane.</summary>
    private const int ShortRow = 8;

    private long ShortRows(long start, long end)
    {
        if (Vector512.IsHardwareAccelerated)
            return ShortRows<Lanes512<T>, Vector512<T>>(start, end);
        return Vector256.IsHardwareAccelerated ? ShortRows<Lanes256<T>, Vector256<T>>(start, end)
            : Vector128.IsHardwareAccelerated ? ShortRows<Lanes128<T>, Vector128<T>>(start, end) : start;
    }

    [SkipLocalsInit]
    private long ShortRows<W, V>(long start, long end) where W : struct, IFloatLanes<V, T>
    {
        var width = W.Count;
        var count = (int)columns;
        Span<T> turned = stackalloc T[ShortRow * 64];
        ref var first = ref turned[0];
        for (; start + width <= end; start += width)
        {
            var x = source + start * count;
            var y = result + start * count;
            for (var i = 0; i < width; i++)
            {
                for (var c = 0; c < count; c++)
                    turned[c * width + i] = x[i * count + c];
            }
            var most = W.Load(ref first, 0);
            for (var c = 1; c < count; c++)
                most = W.Max(most, W.Load(ref first, c * width));
            var sum = W.Zero;
            for (var c = 0; c < count; c++)
            {
                var difference = W.Sub(W.Load(ref first, c * width), most);
                var power = W.Exp(difference);
                sum = W.Add(sum, power);
                W.Store(isLog ? difference : power, ref first, c * width);
            }
            var scale = isLog ? W.Log(sum) : W.Div(W.One, sum);
            for (var c = 0; c < count; c++)
            {
                var v = W.Load(ref first, c * width);
                W.Store(isLog ? W.Sub(v, scale) : W.Mul(v, scale), ref first, c * width);
            }
            for (var i = 0; i < width; i++)
            {
                for (var c = 0; c < count; c++)
                    y[i * count + c] = turned[c * width + i];
            }
        }
        return start;
    }

    [SkipLocalsInit]
    private void Row<W, V>(T* x, T* y) where W : struct, IFloatLanes<V, T>
    {
        var width = W.Count;
        var whole = columns / width * width;
        var tail = (int)(columns - whole);
        Span<T> padded = stackalloc T[64];
        ref var pad = ref padded[0];
        padded[..width].Fill(T.NegativeInfinity);
        new ReadOnlySpan<T>(x + whole, tail).CopyTo(padded);

        var most = W.Load(ref pad, 0);
        for (nint i = 0; i < whole; i += width)
            most = W.Max(most, W.Load(ref *x, i));
        var maximum = W.Element(most, 0);
        for (var i = 1; i < width; i++)
            maximum = T.Max(maximum, W.Element(most, i));

        var shift = W.Broadcast(maximum);
        var sums = W.Zero;
        for (nint i = 0; i < whole; i += width)
        {
            var difference = W.Sub(W.Load(ref *x, i), shift);
            var power = W.Exp(difference);
            sums = W.Add(sums, power);
            W.Store(isLog ? difference : power, ref *y, i);
        }
        if (tail > 0)
        {
            var difference = W.Sub(W.Load(ref pad, 0), shift);
            var power = W.Exp(difference);
            // A row of minus infinities has no differences: the padding must not add NaN of its own, which the row itself brings anyway.
            sums = W.Add(sums, power);
            W.Store(isLog ? difference : power, ref pad, 0);
        }
        var sum = W.Sum(sums);
        var scale = W.Broadcast(isLog ? T.Log(sum) : T.One / sum);
        for (nint i = 0; i < whole; i += width)
        {
            var v = W.Load(ref *y, i);
            W.Store(isLog ? W.Sub(v, scale) : W.Mul(v, scale), ref *y, i);
        }
        if (tail > 0)
        {
            var v = W.Load(ref pad, 0);
            W.Store(isLog ? W.Sub(v, scale) : W.Mul(v, scale), ref pad, 0);
            padded[..tail].CopyTo(new Span<T>(y + whole, tail));
        }
    }
}
