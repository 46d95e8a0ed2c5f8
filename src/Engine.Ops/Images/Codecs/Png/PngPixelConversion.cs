using System.Buffers.Binary;

namespace Engine.Ops.Images.Codecs.Png;

/// <summary>Pixels of a file to the channels and the depth wanted.</summary>
internal sealed class PngPixelConversion
{
    private readonly PngHeader header;
    private readonly byte[] palette = new byte[768];
    private readonly byte[] opacity = new byte[256];
    private readonly int[]? transparent;
    private readonly int filler;
    private readonly PngGray? gray;
    private readonly bool isWide;

    public PngPixelConversion(PngFile file, int channels, bool isWide)
    {
        (header, this.isWide) = (file.Header, isWide);
        file.Palette.CopyTo(palette, 0);
        opacity.AsSpan().Fill(byte.MaxValue);
        if (header.Color == PngColorType.Palette)
            file.Transparency?.CopyTo(opacity, 0);
        else if (file.Transparency is { } samples && channels is 2 or 4)
            transparent = [.. Enumerable.Range(0, samples.Length / 2).Select(i => BinaryPrimitives.ReadUInt16BigEndian(samples.AsSpan(2 * i)) & ((1 << header.Depth) - 1))];
        // An added alpha is opaque at the file's depth, not at the depth the samples are brought to.
        filler = header.Color == PngColorType.Palette && file.Transparency is not null ? -1 : (1 << header.Depth) - 1;
        gray = channels < 3 && !header.IsGray ? new PngGray(file, isReduced: !isWide && header.Depth == 16) : null;
    }

    /// <summary>Pixel <paramref name="index"/> of a row, in 8 or 16 bits as wanted.</summary>
    public PngPixel Pixel(ReadOnlySpan<byte> row, int index)
    {
        var pixel = header.Color switch
        {
            PngColorType.Palette => Color(row, index),
            PngColorType.Gray => Gray(Sample(row, index)),
            PngColorType.GrayAlpha => Gray(Sample(row, 2 * index)) with { A = Sample(row, (2 * index) + 1) },
            PngColorType.Rgb => Opaque(Sample(row, 3 * index), Sample(row, (3 * index) + 1), Sample(row, (3 * index) + 2)),
            _ => new PngPixel(Sample(row, 4 * index), Sample(row, (4 * index) + 1), Sample(row, (4 * index) + 2), Sample(row, (4 * index) + 3)),
        };
        if (gray is not null)
        {
            var level = gray.Of(pixel.R, pixel.G, pixel.B);
            pixel = new PngPixel(level, level, level, pixel.A);
        }
        return header.Depth == 16 ? isWide ? pixel : Scaled(pixel, 0, 8) : isWide ? Scaled(pixel, 257, 0) : pixel;
    }

    private static PngPixel Scaled(PngPixel p, int times, int shift)
        => times == 0 ? new(p.R >> shift, p.G >> shift, p.B >> shift, p.A >> shift) : new(p.R * times, p.G * times, p.B * times, p.A * times);

    private PngPixel Color(ReadOnlySpan<byte> row, int index)
    {
        var entry = Sample(row, index);
        return new(palette[3 * entry], palette[(3 * entry) + 1], palette[(3 * entry) + 2], filler < 0 ? opacity[entry] : filler);
    }

    private PngPixel Gray(int sample)
    {
        var full = header.Depth == 16 ? ushort.MaxValue : byte.MaxValue;
        // 1, 2 and 4 bits are spread over 8.
        var level = header.Depth < 8 ? sample * (byte.MaxValue / ((1 << header.Depth) - 1)) : sample;
        return new(level, level, level, transparent is null ? filler : sample == transparent[0] ? 0 : full);
    }

    private PngPixel Opaque(int r, int g, int b)
    {
        var full = header.Depth == 16 ? ushort.MaxValue : byte.MaxValue;
        var alpha = transparent is null ? filler : r == transparent[0] && g == transparent[1] && b == transparent[2] ? 0 : full;
        return new(r, g, b, alpha);
    }

    private int Sample(ReadOnlySpan<byte> row, int index)
    {
        if (header.Depth == 8)
            return row[index];
        if (header.Depth == 16)
            return BinaryPrimitives.ReadUInt16BigEndian(row[(2 * index)..]);
        var bit = index * header.Depth;
        return (row[bit / 8] >> (8 - header.Depth - (bit % 8))) & ((1 << header.Depth) - 1);
    }
}
