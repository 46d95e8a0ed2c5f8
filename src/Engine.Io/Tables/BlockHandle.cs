namespace Engine.Io.Tables;

/// <summary>Where a block lies in a table file: offset and size, each a varint. The five bytes of the trailer come after the size.</summary>
/// <param name="Offset">First byte.</param>
/// <param name="Size">Bytes as stored, without the trailer.</param>
internal readonly record struct BlockHandle(ulong Offset, ulong Size)
{
    /// <summary>Type and masked CRC.</summary>
    internal const int TrailerSize = 5;

    /// <summary>Takes a handle from the front of <paramref name="bytes"/>.</summary>
    internal static bool TryRead(ref ReadOnlySpan<byte> bytes, out BlockHandle handle)
    {
        handle = default;
        if (!Varint.TryRead(ref bytes, 10, out var offset) || !Varint.TryRead(ref bytes, 10, out var size))
            return false;
        handle = new(offset, size);
        return true;
    }
}
