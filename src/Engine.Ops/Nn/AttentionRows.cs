using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Engine.Ops.Lanes;

namespace Engine.Ops.Nn;

/// <summary>Rows of scores become exponentials in place. A row is followed by room up to <see cref="Padded"/>.</summary>
internal static unsafe class AttentionRows
{
    private const int Widest = 16;

    /// <summary>Room for a row of scores.</summary>
    internal static long Padded(long count) => (count + Widest - 1) / Widest * Widest;

    /// <summary>x = exp(scale · x + mask - maximum) over a row; returns the sum. The step of the mask is 1, or 0 for one number.</summary>
    internal static float Exponentials(float* x, long count, float scale, float* mask, long maskStep)
    {
        if (Vector512.IsHardwareAccelerated)
            return Row<Lanes512<float>, Vector512<float>>(x, (nint)count, scale, mask, maskStep);
        if (Vector256.IsHardwareAccelerated)
            return Row<Lanes256<float>, Vector256<float>>(x, (nint)count, scale, mask, maskStep);
        return Vector128.IsHardwareAccelerated
            ? Row<Lanes128<float>, Vector128<float>>(x, (nint)count, scale, mask, maskStep)
            : Row<ScalarLanes<float>, float>(x, (nint)count, scale, mask, maskStep);
    }

    /// <summary>x = factor · x.</summary>
    internal static void Scale(float* x, long count, float factor)
    {
        long i = 0;
        for (; i + Vector<float>.Count <= count; i += Vector<float>.Count)
            Vector.Store(Vector.Load(x + i) * factor, x + i);
        for (; i < count; i++)
            x[i] *= factor;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Row<W, V>(float* x, nint count, float scale, float* mask, long maskStep) where W : struct, IFloatLanes<V, float>
    {
        nint whole = count / W.Count * W.Count;
        nint padded = (count + W.Count - 1) / W.Count * W.Count;
        var factor = W.Broadcast(scale);
        var lowest = W.Broadcast(float.NegativeInfinity);
        if (mask is not null)
        {
            var one = W.Broadcast(*mask);
            for (nint i = 0; i < whole; i += W.Count)
                W.Store(W.Add(W.Mul(W.Load(ref *x, i), factor), maskStep == 0 ? one : W.Load(ref *mask, i)), ref *x, i);
            for (nint i = whole; i < count; i++)
                x[i] = (x[i] * scale) + mask[i * (nint)maskStep];
        }
        else if (scale != 1)
        {
            for (nint i = 0; i < padded; i += W.Count)
                W.Store(W.Mul(W.Load(ref *x, i), factor), ref *x, i);
        }
        for (nint i = count; i < padded; i++)
            x[i] = float.NegativeInfinity;

        var most = lowest;
        for (nint i = 0; i < padded; i += W.Count)
            most = W.Max(most, W.Load(ref *x, i));
        var maximum = W.Element(most, 0);
        for (var i = 1; i < W.Count; i++)
            maximum = float.Max(maximum, W.Element(most, i));

        var shift = W.Broadcast(maximum);
        var sums = W.Zero;
        for (nint i = 0; i < padded; i += W.Count)
        {
            var power = W.Exp(W.Sub(W.Load(ref *x, i), shift));
            sums = W.Add(sums, power);
            W.Store(power, ref *x, i);
        }
        return W.Sum(sums);
    }
}
