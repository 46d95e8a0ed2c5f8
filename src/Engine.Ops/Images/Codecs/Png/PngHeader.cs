using System.Buffers.Binary;

namespace Engine.Ops.Images.Codecs.Png;

/// <summary>The header chunk.</summary>
internal sealed record PngHeader(int Width, int Height, int Depth, PngColorType Color, bool IsInterlaced)
{
    /// <summary>The largest width and height that libpng accepts.</summary>
    private const int MaxSide = 1_000_000;

    /// <summary>Samples of a pixel in the file.</summary>
    public int Samples => Color switch
    {
        PngColorType.Rgb => 3,
        PngColorType.GrayAlpha => 2,
        PngColorType.RgbAlpha => 4,
        _ => 1,
    };

    public bool HasAlpha => Color is PngColorType.GrayAlpha or PngColorType.RgbAlpha;

    public bool IsGray => Color is PngColorType.Gray or PngColorType.GrayAlpha;

    public static PngHeader Parse(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length != 13)
            throw PngError.Invalid("bad length of the header");
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(chunk), BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]));
        if (width is 0 or > MaxSide || height is 0 or > MaxSide)
            throw PngError.Invalid($"size {height} by {width}");
        int depth = chunk[8], color = chunk[9];
        var isKnown = color switch
        {
            0 => depth is 1 or 2 or 4 or 8 or 16,
            3 => depth is 1 or 2 or 4 or 8,
            2 or 4 or 6 => depth is 8 or 16,
            _ => false,
        };
        if (!isKnown || chunk[10] != 0 || chunk[11] != 0 || chunk[12] > 1)
            throw PngError.Invalid("unknown colour type, depth or method");
        return new PngHeader((int)width, (int)height, depth, (PngColorType)color, chunk[12] == 1);
    }

    /// <summary>Bytes of a row of <paramref name="width"/> pixels.</summary>
    public int RowBytes(int width) => (int)((((long)width * Samples * Depth) + 7) / 8);
}
