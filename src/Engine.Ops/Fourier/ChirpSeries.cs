using System.Numerics;
using Engine.Ops.Lanes;

namespace Engine.Ops.Fourier;

/// <summary>The tables of Bluestein's convolution, and the products with them.</summary>
internal static unsafe class ChirpSeries
{
    /// <summary>The length of the convolution: a power of two.</summary>
    internal static int Room(int length) => checked((int)BitOperations.RoundUpToPowerOf2((uint)(2L * length - 1)));

    /// <summary>The chirp, and the spectrum of its conjugate with the factor of the inverse transform.</summary>
    internal static (T[] Chirp, T[] Spectrum) Tables<T>(int length, int room) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] chirp = Roots.Pinned<T>(2L * length), spectrum = Roots.Pinned<T>(2L * room);
        double[] series = new double[2 * room];
        for (long i = 0; i < length; i++)
        {
            // The square is taken modulo the period, so that the angle stays exact.
            Complex c = Roots.At(i * i % (2L * length), 2L * length);
            Roots.Set(chirp, i, c);
            Roots.Set(series, i, Complex.Conjugate(c) / room);
            if (i > 0)
                Roots.Set(series, room - i, Complex.Conjugate(c) / room);
        }
        fixed (double* line = series)
        {
            new LineTransform<double>(room).Run(null, line, line, inverse: false);
            for (long i = 0; i < room; i++)
                Roots.Set(spectrum, i, new(line[2 * i], line[2 * i + 1]));
        }
        return (chirp, spectrum);
    }

    /// <summary>Multiplies the elements of lines by the numbers of a table, one for each position.</summary>
    /// <param name="x">The lines.</param>
    /// <param name="re">Where real parts are: 0, or the width of a vector where real and imaginary parts are exchanged.</param>
    /// <param name="table">The numbers.</param>
    /// <param name="count">Positions.</param>
    internal static void Multiply<W, V, T>(T* x, nint re, T* table, long count)
        where W : struct, IFloatLanes<V, T>
        where T : unmanaged
    {
        nint im = W.Count - re;
        for (long i = 0; i < count; i++, x += 2 * W.Count, table += 2)
        {
            V r = W.Load(in *x, re), m = W.Load(in *x, im), c = W.Broadcast(table[0]), s = W.Broadcast(table[1]);
            W.Store(W.Sub(W.Mul(r, c), W.Mul(m, s)), ref *x, re);
            W.Store(W.Fma(r, s, W.Mul(m, c)), ref *x, im);
        }
    }
}
