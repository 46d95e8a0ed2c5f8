using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Ops.Lanes;

namespace Engine.Ops.Fourier;

/// <summary>
/// The discrete Fourier transform of one length, of as many lines side by side as a vector has lanes, without a factor. A line's element k is a lane of two
/// vectors: the real parts at 2k, the imaginary parts at 2k + 1. Lengths of small prime factors are split (Stockham's order: no reversal of digits);
/// others become a convolution of a power of two (Bluestein).
/// </summary>
internal sealed unsafe class LaneTransform<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int LargestPrime = 31;

    private readonly int[] _radices;
    private readonly T[] _twiddles;
    private readonly T[]?[] _rootsOfRadix;
    private readonly Chirp? _chirp;

    internal LaneTransform(int length)
    {
        Length = length;
        _radices = IsSmooth(length) ? Radices(length) : [];
        _chirp = IsSmooth(length) ? null : new Chirp(length);
        Room = _chirp?.Room ?? length;
        _twiddles = Twiddles(length, _radices);
        _rootsOfRadix = [.. _radices.Select(RootsOf)];
    }

    internal int Length { get; }

    /// <summary>Elements that the buffers must hold.</summary>
    internal int Room { get; }

    /// <summary>Whether a length has small prime factors only.</summary>
    internal static bool IsSmooth(long length)
    {
        for (int p = 2; p <= LargestPrime; p++)
        {
            while (length % p == 0)
                length /= p;
        }
        return length == 1;
    }

    /// <summary>Transforms the lines in <paramref name="x"/>; the result is there or in <paramref name="y"/>.</summary>
    /// <param name="x">The lines, overwritten.</param>
    /// <param name="y">Memory of the same size.</param>
    /// <param name="inverse">With the conjugate roots.</param>
    /// <returns>Where the result is.</returns>
    internal T* Run<W, V>(T* x, T* y, bool inverse) where W : struct, IFloatLanes<V, T>
    {
        if (_chirp is not null)
            return _chirp.Run<W, V>(x, y, inverse);
        // With real and imaginary parts exchanged, before and after, the transform is its inverse.
        nint re = inverse ? W.Count : 0, im = W.Count - re;
        fixed (T* table = _twiddles)
        {
            T* twiddles = table;
            int groups = Length, span = 1;
            for (int i = 0; i < _radices.Length; i++)
            {
                int radix = _radices[i];
                groups /= radix;
                switch (radix)
                {
                    case 2: Butterflies<T>.Two<W, V>(x, y, re, im, groups, span, twiddles); break;
                    case 3: Butterflies<T>.Three<W, V>(x, y, re, im, groups, span, twiddles); break;
                    case 4: Butterflies<T>.Four<W, V>(x, y, re, im, groups, span, twiddles); break;
                    case 5: Butterflies<T>.Five<W, V>(x, y, re, im, groups, span, twiddles); break;
                    case 8: Butterflies<T>.Eight<W, V>(x, y, re, im, groups, span, twiddles); break;
                    default:
                        fixed (T* roots = _rootsOfRadix[i])
                            Butterflies<T>.Odd<W, V>(radix, roots, x, y, re, im, groups, span, twiddles);
                        break;
                }
                twiddles += 2L * groups * (radix - 1);
                span *= radix;
                T* last = x;
                x = y;
                y = last;
            }
        }
        return x;
    }

    /// <summary>Multiplies all elements of the lines by a number.</summary>
    internal static void Scale<W, V>(T* x, long count, T factor) where W : struct, IFloatLanes<V, T>
    {
        V f = W.Broadcast(factor);
        for (nint i = 0; i < 2 * count; i++)
            W.Store(W.Mul(W.Load(in *x, i * W.Count), f), ref *x, i * W.Count);
    }

    private static int[] Radices(int length)
    {
        List<int> radices = [];
        int twos = BitOperations.TrailingZeroCount(length);
        length >>= length == 0 ? 0 : twos;
        // Few passes: as many eights as leave twos in pairs or none.
        for (; twos >= 5 || twos == 3; twos -= 3)
            radices.Add(8);
        for (; twos >= 2; twos -= 2)
            radices.Add(4);
        if (twos == 1)
            radices.Add(2);
        for (int p = 3; length > 1; p += 2)
        {
            for (; length % p == 0; length /= p)
                radices.Add(p);
        }
        return [.. radices];
    }

    private static T[] Twiddles(int length, int[] radices)
    {
        long count = 0, groups = length;
        foreach (int radix in radices)
            count += (groups /= radix) * (radix - 1);
        T[] table = Roots.Pinned<T>(2 * count + 2);
        long i = 0;
        groups = length;
        foreach (int radix in radices)
        {
            long part = groups;
            groups /= radix;
            for (long p = 0; p < groups; p++)
            {
                for (int k = 1; k < radix; k++)
                    Roots.Set(table, i++, Roots.At(p * k, part));
            }
        }
        return table;
    }

    private static T[]? RootsOf(int radix)
    {
        if (radix is 2 or 3 or 4 or 5 or 8)
            return null;
        T[] roots = Roots.Pinned<T>(2 * radix);
        for (int i = 0; i < radix; i++)
            Roots.Set(roots, i, Roots.At(i, radix));
        return roots;
    }

    /// <summary>With jk = (j² + k² - (k - j)²) / 2 the transform is a convolution with a chirp.</summary>
    private sealed class Chirp
    {
        private readonly int _length;
        private readonly T[] _chirp;
        private readonly T[] _spectrum;
        private readonly LaneTransform<T> _transform;

        internal Chirp(int length)
        {
            _length = length;
            Room = ChirpSeries.Room(length);
            _transform = new LaneTransform<T>(Room);
            (_chirp, _spectrum) = ChirpSeries.Tables<T>(length, Room);
        }

        internal int Room { get; }

        internal T* Run<W, V>(T* x, T* y, bool inverse) where W : struct, IFloatLanes<V, T>
        {
            nint re = inverse ? W.Count : 0;
            fixed (T* chirp = _chirp, spectrum = _spectrum)
            {
                ChirpSeries.Multiply<W, V, T>(x, re, chirp, _length);
                new Span<T>(x + 2L * W.Count * _length, checked(2 * W.Count * (Room - _length))).Clear();
                T* z = _transform.Run<W, V>(x, y, inverse);
                ChirpSeries.Multiply<W, V, T>(z, re, spectrum, Room);
                z = _transform.Run<W, V>(z, z == x ? y : x, !inverse);
                ChirpSeries.Multiply<W, V, T>(z, re, chirp, _length);
                return z;
            }
        }
    }
}
