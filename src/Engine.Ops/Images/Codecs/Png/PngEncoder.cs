using System.Buffers.Binary;
using Engine.Ops.Images.Codecs.Deflate;

namespace Engine.Ops.Images.Codecs.Png;

/// <summary>Encodes images of 1 to 4 channels and 8 or 16 bits.</summary>
internal static class PngEncoder
{
    /// <summary>The largest width and height that libpng writes.</summary>
    public const int MaxSide = 1_000_000;

    private const int DataChunk = 8192;

    /// <param name="pixels">Samples row by row, 16 bits with the high byte first.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="channels">Gray, gray and alpha, RGB, RGB and alpha.</param>
    /// <param name="sampleBytes">1 or 2.</param>
    /// <param name="compression">0 to 9, or -1 for the usual level.</param>
    public static byte[] Encode(ReadOnlySpan<byte> pixels, int height, int width, int channels, int sampleBytes, int compression)
    {
        var output = new MemoryStream();
        output.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13];
        header.Clear();
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = (byte)(sampleBytes * 8);
        header[9] = (byte)(channels switch { 1 => PngColorType.Gray, 2 => PngColorType.GrayAlpha, 3 => PngColorType.Rgb, _ => PngColorType.RgbAlpha });
        WriteChunk(output, "IHDR"u8, header);
        var filtered = FilterRows(pixels, height, width * channels * sampleBytes, channels * sampleBytes);
        foreach (var part in DeflateEncoder.Compress(filtered, filtered.Length / height, compression < 0 ? 6 : compression).Chunk(DataChunk))
            WriteChunk(output, "IDAT"u8, part);
        WriteChunk(output, "IEND"u8, []);
        return output.ToArray();
    }

    private static byte[] FilterRows(ReadOnlySpan<byte> pixels, int height, int rowBytes, int pixelBytes)
    {
        var filtered = new byte[(rowBytes + 1L) * height];
        var trial = new byte[rowBytes + 1];
        var none = new byte[rowBytes];
        for (var y = 0; y < height; y++)
        {
            var row = pixels.Slice(y * rowBytes, rowBytes);
            var above = y == 0 ? none : pixels.Slice((y - 1) * rowBytes, rowBytes);
            var least = long.MaxValue;
            for (var filter = 0; filter < 5; filter++)
            {
                // Images of one row or column have no neighbours to look at.
                if ((rowBytes == pixelBytes && filter is (1 or 3 or 4)) || (height == 1 && filter >= 2))
                    continue;
                var sum = Filter(filter, row, above, pixelBytes, trial);
                if (sum >= least)
                    continue;
                least = sum;
                trial.CopyTo(filtered, y * (rowBytes + 1L));
            }
        }
        return filtered;
    }

    /// <summary>Filters a row and returns how far its bytes are from 0 in all: the filter that leaves least compresses best.</summary>
    private static long Filter(int filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int pixelBytes, Span<byte> to)
    {
        to[0] = (byte)filter;
        var sum = 0L;
        for (var i = 0; i < row.Length; i++)
        {
            var (left, corner) = i < pixelBytes ? (0, 0) : (row[i - pixelBytes], above[i - pixelBytes]);
            var value = (byte)(row[i] - filter switch
            {
                0 => 0,
                1 => left,
                2 => above[i],
                3 => (left + above[i]) >> 1,
                _ => PngRows.Paeth(left, above[i], corner),
            });
            to[i + 1] = value;
            sum += Math.Abs((int)(sbyte)value);
        }
        return sum;
    }

    private static void WriteChunk(MemoryStream output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> body)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, body.Length);
        output.Write(number);
        byte[] named = [.. name, .. body];
        output.Write(named);
        BinaryPrimitives.WriteUInt32BigEndian(number, PngChecksum.Of(named));
        output.Write(number);
    }
}
