namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>Luminance and colour differences of RGB pixels.</summary>
internal static class SourcePlanes
{
    private const int Half = 1 << 15;
    private const int Middle = 128 << 16;

    /// <summary>Component 0 (luminance), 1 (blue) or 2 (red).</summary>
    public static byte[] Make(ReadOnlySpan<byte> pixels, int component)
    {
        var plane = new byte[pixels.Length / 3];
        var (r, g, b, offset) = component switch
        {
            0 => (19595, 38470, 7471, Half),
            1 => (-11059, -21709, 32768, Middle + Half - 1),
            _ => (32768, -27439, -5329, Middle + Half - 1),
        };
        for (var i = 0; i < plane.Length; i++)
            plane[i] = (byte)(((pixels[3 * i] * r) + (pixels[(3 * i) + 1] * g) + (pixels[(3 * i) + 2] * b) + offset) >> 16);
        return plane;
    }

    /// <summary>Means of 2 by 2 samples, rounded down and up by turns, filled up to whole blocks across; the last column and row are repeated.</summary>
    public static byte[] Halve(ReadOnlySpan<byte> plane, int width, int height)
    {
        var (across, down) = ((width + 15) / 16 * 8, (height + 1) / 2);
        var halves = new byte[across * down];
        for (var y = 0; y < down; y++)
        {
            var top = plane.Slice(2 * y * width, width);
            var bottom = plane.Slice(Math.Min((2 * y) + 1, height - 1) * width, width);
            for (var x = 0; x < across; x++)
            {
                var (left, right) = (Math.Min(2 * x, width - 1), Math.Min((2 * x) + 1, width - 1));
                halves[(y * across) + x] = (byte)((top[left] + top[right] + bottom[left] + bottom[right] + 1 + (x & 1)) >> 2);
            }
        }
        return halves;
    }
}
