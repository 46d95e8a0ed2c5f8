using System.Buffers.Binary;

namespace Engine.Io.Tables;

/// <summary>Writes a table as TensorFlow does: uncompressed blocks of 256 kB, an empty metaindex, an index, the footer. <see cref="TableReader"/> reads it.</summary>
internal sealed class TableWriter(Stream stream)
{
    private const int BlockSize = 262144;
    private const int LargeEntry = 2 * BlockSize;
    private const int RestartInterval = 16;

    private readonly BlockBuilder data = new(RestartInterval);
    private readonly BlockBuilder index = new(1);
    private BlockHandle? pending;
    private byte[] pendingKey = [];
    private long offset;
    private bool any;

    /// <summary>Adds an entry; keys ascend as unsigned bytes.</summary>
    internal void Add(byte[] key, ReadOnlySpan<byte> value)
    {
        if (any && key.Length + value.Length >= LargeEntry)
            Flush();
        if (pending is { } handle)
        {
            AddToIndex(Separator(pendingKey, key), handle);
            pending = null;
        }
        data.Add(key, value);
        any = true;
        if (data.Size >= BlockSize)
            Flush();
    }

    /// <summary>Writes what is left, the index and the footer.</summary>
    internal void Finish()
    {
        Flush();
        if (pending is { } handle)
            AddToIndex(Successor(pendingKey), handle);
        var metaindex = Write(new BlockBuilder(RestartInterval).Finish());
        var indexHandle = Write(index.Finish());
        var footer = new MemoryStream();
        Append(footer, metaindex);
        Append(footer, indexHandle);
        footer.SetLength(Footer.Size);
        var bytes = footer.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(Footer.Size - 8), Footer.Magic);
        stream.Write(bytes);
    }

    private static void Append(Stream to, BlockHandle handle)
    {
        Varint.Write(to, handle.Offset);
        Varint.Write(to, handle.Size);
    }

    private void AddToIndex(byte[] key, BlockHandle handle)
    {
        var value = new MemoryStream();
        Append(value, handle);
        index.Add(key, value.ToArray());
    }

    private void Flush()
    {
        if (data.IsEmpty)
            return;
        pendingKey = data.LastKey;
        pending = Write(data.Finish());
    }

    private BlockHandle Write(byte[] block)
    {
        Span<byte> trailer = stackalloc byte[BlockHandle.TrailerSize];
        trailer[0] = 0;
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[1..], Crc32C.Mask(Crc32C.Extend(Crc32C.Compute(block), trailer[..1])));
        stream.Write(block);
        stream.Write(trailer);
        var handle = new BlockHandle((ulong)offset, (ulong)block.Length);
        offset += block.Length + trailer.Length;
        return handle;
    }

    // A short key between the last of a block and the first of the next.
    private static byte[] Separator(byte[] last, byte[] next)
    {
        var i = last.AsSpan().CommonPrefixLength(next);
        if (i >= last.Length || i >= next.Length || last[i] == 0xFF || last[i] + 1 >= next[i])
            return last;
        var key = last[..(i + 1)];
        key[i]++;
        return key;
    }

    private static byte[] Successor(byte[] last)
    {
        var i = Array.FindIndex(last, b => b != 0xFF);
        if (i < 0)
            return last;
        var key = last[..(i + 1)];
        key[i]++;
        return key;
    }
}
