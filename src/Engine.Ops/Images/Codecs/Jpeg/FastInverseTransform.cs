using System.Runtime.CompilerServices;

namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>
/// The inverse cosine transform of Arai, Agui and Nakajima in 16 bits, as libjpeg-turbo's vector code does it: sums wrap, products keep their upper part.
/// Five products per row; the other scalings are in the factors.
/// </summary>
internal static unsafe class FastInverseTransform
{
    /// <summary>A quantization factor times the scaling of its row and column, with 2 bits of fraction.</summary>
    public static short Factor(ushort quantization, int index)
    {
        var scale = (int)Math.Round(16384 * Scale(index >> 3) * Scale(index & 7));
        return (short)(((quantization * (long)scale) + (1 << 11)) >> 12);

        static double Scale(int k) => k == 0 ? 1 : Math.Cos(k * Math.PI / 16) * Math.Sqrt(2);
    }

    [SkipLocalsInit]
    public static void Invoke(short* block, short* factors, byte* samples, int stride)
    {
        var work = stackalloc short[64];
        for (var x = 0; x < 8; x++)
        {
            short* b = block + x, f = factors + x;
            Line((short)(b[0] * f[0]), (short)(b[8] * f[8]), (short)(b[16] * f[16]), (short)(b[24] * f[24]),
                (short)(b[32] * f[32]), (short)(b[40] * f[40]), (short)(b[48] * f[48]), (short)(b[56] * f[56]), work + x, 8);
        }
        var line = stackalloc short[8];
        for (var y = 0; y < 8; y++, samples += stride)
        {
            var w = work + (8 * y);
            Line(w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7], line, 1);
            for (var x = 0; x < 8; x++)
                samples[x] = (byte)(Math.Clamp(line[x] >> 5, -128, 127) + 128);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Line(short in0, short in1, short in2, short in3, short in4, short in5, short in6, short in7, short* to, int step)
    {
        var (sum04, difference04) = ((short)(in0 + in4), (short)(in0 - in4));
        var sum26 = (short)(in2 + in6);
        var difference26 = (short)(Times((short)(in2 - in6), 362) - sum26);
        var (even0, even3) = ((short)(sum04 + sum26), (short)(sum04 - sum26));
        var (even1, even2) = ((short)(difference04 + difference26), (short)(difference04 - difference26));

        var (z13, z10) = ((short)(in5 + in3), (short)(in5 - in3));
        var (z11, z12) = ((short)(in1 + in7), (short)(in1 - in7));
        var odd7 = (short)(z11 + z13);
        var z5 = Times((short)(z10 + z12), 473);
        var odd6 = (short)(Times(z10, 256 - 669) - z10 + z5 - odd7);
        var odd5 = (short)(Times((short)(z11 - z13), 362) - odd6);
        var odd4 = (short)(Times(z12, 277) - z5 + odd5);

        to[0] = (short)(even0 + odd7);
        to[7 * step] = (short)(even0 - odd7);
        to[step] = (short)(even1 + odd6);
        to[6 * step] = (short)(even1 - odd6);
        to[2 * step] = (short)(even2 + odd5);
        to[5 * step] = (short)(even2 - odd5);
        to[4 * step] = (short)(even3 + odd4);
        to[3 * step] = (short)(even3 - odd4);
    }

    /// <summary>Times a constant of 8 fraction bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static short Times(short value, int constant) => (short)(((short)(value << 2) * (constant << 6)) >> 16);
}
