namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>The colours of a file to gray or to red, green and blue.</summary>
internal readonly struct JpegColorConversion(JpegColorSpace from, int channels, bool isInverted)
{
    private const int Bits = 16;
    private const int Half = 1 << (Bits - 1);

    /// <summary>Converts the row the upsampler stands at.</summary>
    public void Convert(JpegUpsampler rows, Span<byte> pixels)
    {
        if (channels == 1)
            ToGray(rows, pixels);
        else if (from == JpegColorSpace.Gray)
            FromGray(rows[0], pixels);
        else if (from == JpegColorSpace.Rgb)
            Interleave(rows[0], rows[1], rows[2], pixels);
        else if (from == JpegColorSpace.YCbCr)
            FromLuminance(rows[0], rows[1], rows[2], pixels);
        else
            FromInks(rows, pixels);
    }

    private void ToGray(JpegUpsampler rows, Span<byte> pixels)
    {
        if (from != JpegColorSpace.Rgb)
        {
            rows[0][..pixels.Length].CopyTo(pixels);
            return;
        }
        ReadOnlySpan<byte> r = rows[0], g = rows[1], b = rows[2];
        for (var x = 0; x < pixels.Length; x++)
            pixels[x] = (byte)(((r[x] * 19595) + (g[x] * 38470) + (b[x] * 7471) + Half) >> Bits);
    }

    private static void FromGray(ReadOnlySpan<byte> gray, Span<byte> pixels)
    {
        for (var x = 0; x < pixels.Length / 3; x++)
            pixels[3 * x] = pixels[(3 * x) + 1] = pixels[(3 * x) + 2] = gray[x];
    }

    private static void Interleave(ReadOnlySpan<byte> r, ReadOnlySpan<byte> g, ReadOnlySpan<byte> b, Span<byte> pixels)
    {
        for (var x = 0; x < pixels.Length / 3; x++)
            (pixels[3 * x], pixels[(3 * x) + 1], pixels[(3 * x) + 2]) = (r[x], g[x], b[x]);
    }

    private static void FromLuminance(ReadOnlySpan<byte> luminance, ReadOnlySpan<byte> blues, ReadOnlySpan<byte> reds, Span<byte> pixels)
    {
        for (var x = 0; x < pixels.Length / 3; x++)
        {
            int y = luminance[x], cb = blues[x] - 128, cr = reds[x] - 128;
            pixels[3 * x] = Clamp(y + (((91881 * cr) + Half) >> Bits));
            pixels[(3 * x) + 1] = Clamp(y + (((-22554 * cb) - (46802 * cr) + Half) >> Bits));
            pixels[(3 * x) + 2] = Clamp(y + (((116130 * cb) + Half) >> Bits));
        }
    }

    /// <summary>Cyan, magenta, yellow and black; files by Adobe hold them inverted.</summary>
    private void FromInks(JpegUpsampler rows, Span<byte> pixels)
    {
        if (from == JpegColorSpace.Ycck)
        {
            FromLuminance(rows[0], rows[1], rows[2], pixels);
            for (var i = 0; i < pixels.Length; i++)
                pixels[i] = (byte)(255 - pixels[i]);
        }
        else
        {
            Interleave(rows[0], rows[1], rows[2], pixels);
        }
        var black = rows[3];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(isInverted ? black[i / 3] * pixels[i] / 255 : (255 - black[i / 3]) * (255 - pixels[i]) / 255);
    }

    private static byte Clamp(int value) => (byte)Math.Clamp(value, 0, 255);
}
