namespace Engine.Ops.Images.Codecs.Gif;

/// <summary>The bytes of a GIF file.</summary>
internal sealed class GifInput(byte[] data)
{
    private int position;

    public int Remaining => data.Length - position;

    public bool TryByte(out byte value)
    {
        value = position < data.Length ? data[position] : (byte)0;
        return position++ < data.Length;
    }

    public bool TryShort(out int value)
    {
        value = 0;
        if (!TryByte(out var low) || !TryByte(out var high))
            return false;
        value = low | (high << 8);
        return true;
    }

    public bool TryBytes(int count, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (count > Remaining)
            return false;
        bytes = data.AsSpan(position, count);
        position += count;
        return true;
    }

    /// <summary>A block of up to 255 bytes behind its length; length 0 ends a chain of blocks.</summary>
    public bool TryBlock(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        return TryByte(out var size) && TryBytes(size, out bytes);
    }
}
