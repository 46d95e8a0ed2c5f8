namespace Engine.Io.Records;

/// <summary>
/// A decompressing stream with TensorFlow's behaviour on damage: it inflates 256 KiB at a time and gives none of a piece that is damaged; data that ends
/// early is the end of the stream, for the reader of records to notice.
/// </summary>
internal sealed class InflatedStream(Stream inflater, FileStream file, string path) : Stream
{
    private readonly byte[] piece = new byte[1 << 18];
    private int at;
    private int end;
    private bool isAtEnd;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (at == end && !isAtEnd)
            Fill();
        var count = Math.Min(buffer.Length, end - at);
        piece.AsSpan(at, count).CopyTo(buffer);
        at += count;
        return count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        inflater.Dispose();
        base.Dispose(disposing);
    }

    private void Fill()
    {
        (at, end) = (0, 0);
        try
        {
            int count;
            while (end < piece.Length && (count = inflater.Read(piece, end, piece.Length - end)) > 0)
                end += count;
            isAtEnd = end < piece.Length;
        }
        catch (InvalidDataException e)
        {
            isAtEnd = true;
            // All of the file was read and more was wanted: it was cut, and what came out of it counts.
            if (file.Position == file.Length && e.Message.Contains("truncated", StringComparison.OrdinalIgnoreCase))
                return;
            end = 0;
            throw new InvalidModelException(StatusCode.DataLoss, path, $"the compressed data is damaged: {e.Message}", inner: e);
        }
        catch (IOException e) when (Files.FileErrors.Convert(e, path) is { } converted)
        {
            end = 0;
            isAtEnd = true;
            throw converted;
        }
    }
}
