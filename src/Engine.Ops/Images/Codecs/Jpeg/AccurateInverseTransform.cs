using System.Runtime.CompilerServices;

namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>
/// The inverse cosine transform of Loeffler, Ligtenberg and Moschytz in integers of 13 fraction bits, as libjpeg-turbo's vector code does it:
/// sums of inputs wrap at 16 bits, what the first pass stores is clamped to them.
/// </summary>
internal static unsafe class AccurateInverseTransform
{
    private const int ConstantBits = 13;

    /// <summary>Fraction bits between the passes.</summary>
    private const int PassBits = 2;

    [SkipLocalsInit]
    public static void Invoke(short* block, short* factors, byte* samples, int stride)
    {
        var work = stackalloc short[64];
        var line = stackalloc int[8];
        for (var x = 0; x < 8; x++)
        {
            short* b = block + x, f = factors + x;
            Line((short)(b[0] * f[0]), (short)(b[8] * f[8]), (short)(b[16] * f[16]), (short)(b[24] * f[24]),
                (short)(b[32] * f[32]), (short)(b[40] * f[40]), (short)(b[48] * f[48]), (short)(b[56] * f[56]), line, ConstantBits - PassBits);
            for (var y = 0; y < 8; y++)
                work[(8 * y) + x] = (short)Math.Clamp(line[y], short.MinValue, short.MaxValue);
        }
        for (var y = 0; y < 8; y++, samples += stride)
        {
            var w = work + (8 * y);
            Line(w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7], line, ConstantBits + PassBits + 3);
            for (var x = 0; x < 8; x++)
                samples[x] = (byte)(Math.Clamp(line[x], -128, 127) + 128);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Line(short in0, short in1, short in2, short in3, short in4, short in5, short in6, short in7, int* to, int shift)
    {
        // Rotation by 6 eighths: sqrt(2) cos and sin.
        var even2 = (in2 * 4433) + (in6 * (4433 - 15137));
        var even3 = (in2 * (4433 + 6270)) + (in6 * 4433);
        var even0 = (short)(in0 + in4) << ConstantBits;
        var even1 = (short)(in0 - in4) << ConstantBits;
        var (a0, a3) = (even0 + even3, even0 - even3);
        var (a1, a2) = (even1 + even2, even1 - even2);

        var (z3, z4) = ((short)(in7 + in3), (short)(in5 + in1));
        var sum3 = (z3 * (9633 - 16069)) + (z4 * 9633);
        var sum4 = (z3 * 9633) + (z4 * (9633 - 3196));
        var odd0 = (in7 * (2446 - 7373)) + (in1 * -7373) + sum3;
        var odd1 = (in5 * (16819 - 20995)) + (in3 * -20995) + sum4;
        var odd2 = (in3 * (25172 - 20995)) + (in5 * -20995) + sum3;
        var odd3 = (in1 * (12299 - 7373)) + (in7 * -7373) + sum4;

        var round = 1 << (shift - 1);
        to[0] = (a0 + odd3 + round) >> shift;
        to[7] = (a0 - odd3 + round) >> shift;
        to[1] = (a1 + odd2 + round) >> shift;
        to[6] = (a1 - odd2 + round) >> shift;
        to[2] = (a2 + odd1 + round) >> shift;
        to[5] = (a2 - odd1 + round) >> shift;
        to[3] = (a3 + odd0 + round) >> shift;
        to[4] = (a3 - odd0 + round) >> shift;
    }
}
