using System.Runtime.CompilerServices;

namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>Coefficients of a component's blocks to samples, in one of the ways libjpeg-turbo knows.</summary>
internal readonly unsafe struct InverseTransform
{
    private readonly short[] factors;
    private readonly int size;
    private readonly bool isFast;

    /// <param name="quantization">The factors of the component, row by row; null where no scan had data for it.</param>
    /// <param name="size">Width and height of what a block becomes: 8, 4, 2 or 1.</param>
    /// <param name="isFast">Whether whole blocks take the fast, less exact way.</param>
    public InverseTransform(ushort[]? quantization, int size, bool isFast)
    {
        this.size = size;
        this.isFast = isFast && size == 8;
        factors = new short[64];
        if (quantization is null)
            return;
        for (var i = 0; i < 64; i++)
            factors[i] = this.isFast ? FastInverseTransform.Factor(quantization[i], i) : (short)quantization[i];
    }

    /// <summary>Writes the samples of one block, rows <paramref name="stride"/> apart.</summary>
    [SkipLocalsInit]
    public void Invoke(ReadOnlySpan<short> block, Span<byte> samples, int stride)
    {
        // One check for the block: below, pointers.
        _ = samples[((size - 1) * stride) + size - 1];
        _ = block[63];
        fixed (short* f = factors)
        fixed (short* b = block)
        fixed (byte* s = samples)
        {
            if (isFast)
                FastInverseTransform.Invoke(b, f, s, stride);
            else if (size == 8)
                AccurateInverseTransform.Invoke(b, f, s, stride);
            else if (size == 4)
                ReducedInverseTransform.Four(b, f, s, stride);
            else if (size == 2)
                ReducedInverseTransform.Two(b, f, s, stride);
            else
                s[0] = ReducedInverseTransform.One(b[0], f[0]);
        }
    }
}
