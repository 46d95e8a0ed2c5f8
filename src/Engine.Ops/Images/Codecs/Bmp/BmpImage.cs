using System.Buffers.Binary;

namespace Engine.Ops.Images.Codecs.Bmp;

/// <summary>A bitmap of 8, 24 or 32 bits a pixel. Palettes and compression are not looked at, as in TensorFlow: an index is a gray value.</summary>
internal sealed class BmpImage : DecodedImage
{
    private readonly byte[] data;
    private readonly int start;
    private readonly int pixelBytes;
    private readonly bool isTopDown;

    /// <param name="data">The file.</param>
    /// <param name="channels">Channels wanted: 3, 4, or 0 for those of the file.</param>
    /// <exception cref="EngineException">INVALID_ARGUMENT for a header that does not fit the data.</exception>
    public BmpImage(byte[] data, int channels)
    {
        if (channels == 1)
            throw Invalid("channels must be 0, 3 or 4");
        if (data.Length < 32)
            throw Invalid($"{data.Length} bytes hold no header");
        this.data = data;
        start = BinaryPrimitives.ReadInt32LittleEndian(data.AsSpan(10));
        var width = BinaryPrimitives.ReadInt32LittleEndian(data.AsSpan(18));
        var height = BinaryPrimitives.ReadInt32LittleEndian(data.AsSpan(22));
        pixelBytes = BinaryPrimitives.ReadInt16LittleEndian(data.AsSpan(28)) / 8;
        if (pixelBytes is not (1 or 3 or 4))
            throw Invalid($"a pixel has 1, 3 or 4 channels, not {pixelBytes}");
        if (width <= 0 || height == 0 || start < 0)
            throw Invalid($"size {height} by {width}, pixels from {start}");
        var rows = Math.Abs((long)height);
        if (width * rows >= int.MaxValue / 8)
            throw Invalid("the image is too large");
        if (start + (RowBytes(width) * rows) != data.Length)
            throw Invalid($"the file should have {start + (RowBytes(width) * rows)} bytes, not {data.Length}");
        (Height, Width, Channels, isTopDown) = ((int)rows, width, channels == 0 ? pixelBytes : channels, height < 0);
    }

    public override void Write(Span<byte> samples)
    {
        for (var y = 0; y < Height; y++)
        {
            var row = data.AsSpan((int)(start + ((isTopDown ? y : Height - 1 - y) * RowBytes(Width))), Width * pixelBytes);
            for (var x = 0; x < Width; x++)
            {
                var from = row.Slice(x * pixelBytes, pixelBytes);
                var to = samples.Slice(((y * Width) + x) * Channels, Channels);
                if (pixelBytes == 1)
                    to[..Math.Min(Channels, 3)].Fill(from[0]);
                else
                    (to[0], to[1], to[2]) = (from[2], from[1], from[0]);
                if (Channels == 4)
                    to[3] = pixelBytes == 4 ? from[3] : byte.MaxValue;
            }
        }
    }

    /// <summary>Rows are filled up to 4 bytes.</summary>
    private long RowBytes(int width) => (((long)width * pixelBytes) + 3) / 4 * 4;

    private static EngineException Invalid(string why) => EngineException.InvalidArgument($"Invalid BMP data: {why}");
}
