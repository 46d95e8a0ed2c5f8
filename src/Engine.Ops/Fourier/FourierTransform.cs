using System.Numerics;

namespace Engine.Ops.Fourier;

/// <summary>
/// The discrete Fourier transform of one length, forward and without a factor. Lengths of small prime factors are split (Cooley and Tukey), others become a
/// convolution of a power of two (Bluestein).
/// </summary>
internal sealed class FourierTransform
{
    private const int LargestPrime = 31;

    private readonly int length;
    private readonly int[] factors;
    private readonly Complex[] roots;
    private readonly Bluestein? convolution;

    internal FourierTransform(int length)
    {
        this.length = length;
        factors = [.. Factors(length)];
        roots = Roots(length);
        if (factors.Length > 0 && factors[^1] > LargestPrime)
            convolution = new Bluestein(length);
    }

    /// <summary>Transforms a vector of the length, in place.</summary>
    internal void Run(Span<Complex> values)
    {
        if (length <= 1)
            return;
        if (convolution is not null)
        {
            convolution.Run(values);
            return;
        }
        Complex[] source = values.ToArray();
        Split(source, 0, 1, values, 0);
    }

    /// <summary>The same with the conjugate roots: the inverse, up to the factor 1/length.</summary>
    internal void RunConjugate(Span<Complex> values)
    {
        foreach (ref Complex v in values)
            v = Complex.Conjugate(v);
        Run(values);
        foreach (ref Complex v in values)
            v = Complex.Conjugate(v);
    }

    private void Split(Complex[] source, int start, int stride, Span<Complex> target, int level)
    {
        if (target.Length == 1)
        {
            target[0] = source[start];
            return;
        }
        int radix = factors[level], part = target.Length / radix;
        for (int r = 0; r < radix; r++)
            Split(source, start + r * stride, stride * radix, target.Slice(r * part, part), level + 1);
        if (radix == 2)
        {
            for (int k = 0; k < part; k++)
            {
                Complex even = target[k], odd = target[part + k] * roots[k * stride];
                target[k] = even + odd;
                target[part + k] = even - odd;
            }
            return;
        }
        Span<Complex> terms = stackalloc Complex[LargestPrime];
        int turn = length / radix;
        for (int k = 0; k < part; k++)
        {
            for (int r = 0; r < radix; r++)
                terms[r] = target[r * part + k] * roots[r * k * stride];
            for (int q = 0; q < radix; q++)
            {
                Complex sum = terms[0];
                for (int r = 1; r < radix; r++)
                    sum += terms[r] * roots[r * q % radix * turn];
                target[q * part + k] = sum;
            }
        }
    }

    private static IEnumerable<int> Factors(int n)
    {
        for (int p = 2; (long)p * p <= n; p++)
        {
            for (; n % p == 0; n /= p)
                yield return p;
        }
        if (n > 1)
            yield return n;
    }

    private static Complex[] Roots(int length)
    {
        var roots = new Complex[length];
        for (int i = 0; i < length; i++)
            roots[i] = Complex.FromPolarCoordinates(1, -2 * Math.PI * i / length);
        return roots;
    }

    /// <summary>With jk = (j² + k² - (k - j)²) / 2 the transform is a convolution with a chirp.</summary>
    private sealed class Bluestein
    {
        private readonly Complex[] chirp;
        private readonly Complex[] spectrum;
        private readonly FourierTransform transform;

        internal Bluestein(int length)
        {
            int padded = checked((int)BitOperations.RoundUpToPowerOf2((uint)(2L * length - 1)));
            transform = new FourierTransform(padded);
            chirp = new Complex[length];
            spectrum = new Complex[padded];
            for (long i = 0; i < length; i++)
            {
                // The square is taken modulo the period, so that the angle stays exact.
                chirp[i] = Complex.FromPolarCoordinates(1, -Math.PI * (i * i % (2L * length)) / length);
                spectrum[i] = Complex.Conjugate(chirp[i]);
                if (i > 0)
                    spectrum[padded - i] = spectrum[i];
            }
            transform.Run(spectrum);
        }

        internal void Run(Span<Complex> values)
        {
            var work = new Complex[spectrum.Length];
            for (int i = 0; i < values.Length; i++)
                work[i] = values[i] * chirp[i];
            transform.Run(work);
            for (int i = 0; i < work.Length; i++)
                work[i] *= spectrum[i];
            transform.RunConjugate(work);
            for (int i = 0; i < values.Length; i++)
                values[i] = work[i] * chirp[i] / work.Length;
        }
    }
}
