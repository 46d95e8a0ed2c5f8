namespace Engine.Ops.Images.Codecs.Png;

/// <summary>Reads several pieces of memory as one stream.</summary>
internal sealed class PartsStream(List<ReadOnlyMemory<byte>> parts) : Stream
{
    private int part;
    private int position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        while (part < parts.Count && position == parts[part].Length)
            (part, position) = (part + 1, 0);
        if (part == parts.Count)
            return 0;
        var count = Math.Min(buffer.Length, parts[part].Length - position);
        parts[part].Span.Slice(position, count).CopyTo(buffer);
        position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
