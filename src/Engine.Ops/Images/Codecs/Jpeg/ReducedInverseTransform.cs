using System.Runtime.CompilerServices;

namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>Inverse transforms that make fewer samples of a block: an image a half, a quarter, an eighth as large.</summary>
internal static unsafe class ReducedInverseTransform
{
    private const int ConstantBits = 13;
    private const int PassBits = 2;

    /// <summary>4 by 4 samples; the coefficients of column and row 4 do not count.</summary>
    [SkipLocalsInit]
    public static void Four(short* block, short* factors, byte* samples, int stride)
    {
        var work = stackalloc short[32];
        var line = stackalloc int[4];
        for (var x = 0; x < 8; x++)
        {
            if (x == 4)
                continue;
            short* b = block + x, f = factors + x;
            FourLine((short)(b[0] * f[0]), (short)(b[8] * f[8]), (short)(b[16] * f[16]), (short)(b[24] * f[24]),
                (short)(b[40] * f[40]), (short)(b[48] * f[48]), (short)(b[56] * f[56]), line, ConstantBits - PassBits + 1);
            for (var y = 0; y < 4; y++)
                work[(8 * y) + x] = (short)Math.Clamp(line[y], short.MinValue, short.MaxValue);
        }
        for (var y = 0; y < 4; y++, samples += stride)
        {
            var w = work + (8 * y);
            FourLine(w[0], w[1], w[2], w[3], w[5], w[6], w[7], line, ConstantBits + PassBits + 4);
            for (var x = 0; x < 4; x++)
                samples[x] = Sample(line[x]);
        }
    }

    /// <summary>2 by 2 samples, of the even coefficients the first alone.</summary>
    [SkipLocalsInit]
    public static void Two(short* block, short* factors, byte* samples, int stride)
    {
        var work = stackalloc short[16];
        for (var x = 0; x < 8; x++)
        {
            if (x is 2 or 4 or 6)
                continue;
            short* b = block + x, f = factors + x;
            var (first, second) = TwoLine((short)(b[0] * f[0]), (short)(b[8] * f[8]), (short)(b[24] * f[24]), (short)(b[40] * f[40]), (short)(b[56] * f[56]),
                ConstantBits - PassBits + 2);
            work[x] = (short)Math.Clamp(first, short.MinValue, short.MaxValue);
            work[8 + x] = (short)Math.Clamp(second, short.MinValue, short.MaxValue);
        }
        for (var y = 0; y < 2; y++, samples += stride)
        {
            var w = work + (8 * y);
            var (first, second) = TwoLine(w[0], w[1], w[3], w[5], w[7], ConstantBits + PassBits + 5);
            (samples[0], samples[1]) = (Sample(first), Sample(second));
        }
    }

    /// <summary>The one sample is the mean of the block, wrapped at 10 bits before it is clamped.</summary>
    public static byte One(short coefficient, short factor) => Sample((((coefficient * factor) + 4) >> 3) << 22 >> 22);

    private static byte Sample(int value) => (byte)(Math.Clamp(value, -128, 127) + 128);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourLine(short in0, short in1, short in2, short in3, short in5, short in6, short in7, int* to, int shift)
    {
        var even0 = in0 << (ConstantBits + 1);
        var even2 = (in2 * 15137) + (in6 * -6270);
        var odd0 = (in7 * -1730) + (in5 * 11893) + (in3 * -17799) + (in1 * 8697);
        var odd2 = (in7 * -4176) + (in5 * -4926) + (in3 * 7373) + (in1 * 20995);
        var round = 1 << (shift - 1);
        to[0] = (even0 + even2 + odd2 + round) >> shift;
        to[3] = (even0 + even2 - odd2 + round) >> shift;
        to[1] = (even0 - even2 + odd0 + round) >> shift;
        to[2] = (even0 - even2 - odd0 + round) >> shift;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int First, int Second) TwoLine(short in0, short in1, short in3, short in5, short in7, int shift)
    {
        var even = in0 << (ConstantBits + 2);
        var odd = (in7 * -5906) + (in5 * 6967) + (in3 * -10426) + (in1 * 29692);
        var round = 1 << (shift - 1);
        return ((even + odd + round) >> shift, (even - odd + round) >> shift);
    }
}
