using System.Buffers.Binary;

namespace Engine.Io.Tables;

/// <summary>The last 48 bytes of a table: handles of the metaindex and index blocks, padding, magic number.</summary>
internal static class Footer
{
    internal const int Size = 48;
    internal const ulong Magic = 0xdb4775248b80fb57;

    /// <summary>The handle of the index block.</summary>
    /// <exception cref="InvalidModelException">DATA_LOSS.</exception>
    internal static BlockHandle ReadIndexHandle(ReadOnlySpan<byte> footer, string file, long offset)
    {
        if (BinaryPrimitives.ReadUInt64LittleEndian(footer[^8..]) != Magic)
            throw new InvalidModelException(StatusCode.DataLoss, file, "this is not an sstable (bad magic number).", offset + Size - 8);
        ReadOnlySpan<byte> handles = footer[..^8];
        // The metaindex is always empty and never looked at.
        if (!BlockHandle.TryRead(ref handles, out _) || !BlockHandle.TryRead(ref handles, out var index))
            throw new InvalidModelException(StatusCode.DataLoss, file, "bad block handle in the footer.", offset);
        return index;
    }
}
