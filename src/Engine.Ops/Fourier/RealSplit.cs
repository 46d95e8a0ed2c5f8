using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Ops.Lanes;

namespace Engine.Ops.Fourier;

/// <summary>
/// Transforms of an even number of real numbers through complex ones of half the length, whose real parts are the numbers at even, and imaginary parts those at odd
/// positions: by symmetry the spectra of both come out of that of the whole.
/// </summary>
internal sealed unsafe class RealSplit<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int _half;
    private readonly T[] _turns;

    /// <summary>For lines of <paramref name="length"/> real numbers, an even number.</summary>
    internal RealSplit(int length)
    {
        _half = length / 2;
        _turns = Roots.Pinned<T>(2 * (_half / 2 + 1));
        for (int k = 0; k <= _half / 2; k++)
            Roots.Set(_turns, k, Roots.At(k, length) * new Complex(0, -0.5));
    }

    /// <summary>The spectrum of the half length becomes that of the real lines, one element longer, in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Forward<W, V>(T* x) where W : struct, IFloatLanes<V, T>
    {
        nint im = W.Count, step = 2 * W.Count;
        V half = W.Broadcast(T.CreateTruncating(0.5));
        T* low = x, high = x + _half * step;
        V zr = W.Load(in *low, 0), zi = W.Load(in *low, im);
        Put<W, V>(W.Add(zr, zi), W.Zero, low);
        Put<W, V>(W.Sub(zr, zi), W.Zero, high);
        fixed (T* turns = _turns)
        {
            for (int k = 1; k <= _half / 2; k++)
            {
                low += step;
                high -= step;
                V ar = W.Load(in *low, 0), ai = W.Load(in *low, im), br = W.Load(in *high, 0), bi = W.Load(in *high, im);
                V c = W.Broadcast(turns[2 * k]), s = W.Broadcast(turns[2 * k + 1]);
                V er = W.Mul(W.Add(ar, br), half), ei = W.Mul(W.Sub(ai, bi), half), dr = W.Sub(ar, br), di = W.Add(ai, bi);
                V or = W.Sub(W.Mul(dr, c), W.Mul(di, s)), oi = W.Fma(dr, s, W.Mul(di, c));
                Put<W, V>(W.Sub(er, or), W.Sub(oi, ei), high);
                Put<W, V>(W.Add(er, or), W.Add(ei, oi), low);
            }
        }
    }

    /// <summary>The other way round, with the factor of the inverse transform. Imaginary parts of the first and last element do not count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Inverse<W, V>(T* x) where W : struct, IFloatLanes<V, T>
    {
        nint im = W.Count, step = 2 * W.Count;
        V f = W.Broadcast(T.CreateTruncating(0.5 / _half)), g = W.Broadcast(T.CreateTruncating(1.0 / _half));
        T* low = x, high = x + _half * step;
        V first = W.Mul(W.Load(in *low, 0), f), last = W.Mul(W.Load(in *high, 0), f);
        Put<W, V>(W.Add(first, last), W.Sub(first, last), low);
        fixed (T* turns = _turns)
        {
            for (int k = 1; k <= _half / 2; k++)
            {
                low += step;
                high -= step;
                V ar = W.Load(in *low, 0), ai = W.Load(in *low, im), br = W.Load(in *high, 0), bi = W.Load(in *high, im);
                V c = W.Mul(W.Broadcast(turns[2 * k]), g), s = W.Mul(W.Broadcast(turns[2 * k + 1]), g);
                V er = W.Mul(W.Add(ar, br), f), ei = W.Mul(W.Sub(ai, bi), f), dr = W.Sub(ar, br), di = W.Add(ai, bi);
                V or = W.Fma(dr, c, W.Mul(di, s)), oi = W.Sub(W.Mul(di, c), W.Mul(dr, s));
                Put<W, V>(W.Sub(er, or), W.Sub(oi, ei), high);
                Put<W, V>(W.Add(er, or), W.Add(ei, oi), low);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<W, V>(V real, V imaginary, T* y) where W : struct, IFloatLanes<V, T>
    {
        W.Store(real, ref *y, 0);
        W.Store(imaginary, ref *y, W.Count);
    }
}
