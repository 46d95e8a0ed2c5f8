using System.IO.Compression;

namespace Engine.Ops.Images.Codecs.Png;

/// <summary>Decompresses and unfilters the rows of a PNG image.</summary>
internal sealed class PngRows : IDisposable
{
    /// <summary>A byte of deflated data stands for no more than this.</summary>
    private const long MostPerByte = 1032;

    private readonly ZLibStream stream;
    private readonly int pixelBytes;
    private byte[] filtered = [];
    private byte[] previous = [];

    public PngRows(PngFile file)
    {
        var header = file.Header;
        var length = file.Pixels.Sum(p => (long)p.Length);
        if ((long)header.RowBytes(header.Width) * header.Height > length * MostPerByte)
            throw PngError.Invalid("not enough image data");
        pixelBytes = Math.Max(1, header.Samples * header.Depth / 8);
        stream = new ZLibStream(new PartsStream(file.Pixels), CompressionMode.Decompress);
    }

    /// <summary>The row read last, without its filter.</summary>
    public ReadOnlySpan<byte> Row => previous;

    /// <summary>Begins an image, or a pass of an interlaced one, of rows of <paramref name="bytes"/> bytes.</summary>
    public void Begin(int bytes)
    {
        filtered = new byte[bytes + 1];
        previous = new byte[bytes];
    }

    public void Read()
    {
        try
        {
            stream.ReadExactly(filtered);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw PngError.Invalid($"not enough image data: {e.Message}");
        }
        Unfilter(filtered[0], filtered.AsSpan(1), previous);
        filtered.AsSpan(1).CopyTo(previous);
    }

    /// <summary>Checks what follows the last row: the checksum, unless there is more data than the image needs.</summary>
    public void End()
    {
        try
        {
            _ = stream.ReadByte();
        }
        catch (InvalidDataException e)
        {
            throw PngError.Invalid(e.Message);
        }
    }

    public void Dispose() => stream.Dispose();

    private void Unfilter(int filter, Span<byte> row, ReadOnlySpan<byte> above)
    {
        switch (filter)
        {
            case 0:
                break;
            case 1:
                for (var i = pixelBytes; i < row.Length; i++)
                    row[i] += row[i - pixelBytes];
                break;
            case 2:
                for (var i = 0; i < row.Length; i++)
                    row[i] += above[i];
                break;
            case 3:
                for (var i = 0; i < row.Length; i++)
                    row[i] += (byte)(((i < pixelBytes ? 0 : row[i - pixelBytes]) + above[i]) >> 1);
                break;
            case 4:
                for (var i = 0; i < row.Length; i++)
                    row[i] += i < pixelBytes ? above[i] : Paeth(row[i - pixelBytes], above[i], above[i - pixelBytes]);
                break;
            default:
                throw PngError.Invalid("unknown row filter");
        }
    }

    /// <summary>Of left, above and above left, the nearest to left + above - above left.</summary>
    public static byte Paeth(int left, int above, int corner)
    {
        var (a, b) = (above - corner, left - corner);
        var (toLeft, toAbove, toCorner) = (Math.Abs(a), Math.Abs(b), Math.Abs(a + b));
        return (byte)(toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner);
    }
}
