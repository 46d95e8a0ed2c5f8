using System.Buffers.Binary;
using Engine.Io.Files;
using Microsoft.Win32.SafeHandles;

namespace Engine.Io.Tables;

/// <summary>
/// Reads a LevelDB table (<c>docs/formats/table.md</c>): data blocks of sorted keys, an index block with a separator key and handle per data block, a footer.
/// Blocks are read, checked and decompressed when first needed, so damage in one does not hide the others. Safe for threads.
/// </summary>
internal sealed class TableReader : IDisposable
{
    /// <summary>Blocks are kept up to this many bytes; beyond, only the last one is.</summary>
    private const long CacheLimit = 64 << 20;

    /// <summary>How many times its share of the file the keys may be.</summary>
    private const long MaxSharing = 4;

    private readonly string path;
    private readonly SafeFileHandle file;
    private readonly long length;
    private readonly Block index;
    private readonly Dictionary<ulong, Block> blocks = [];
    private readonly Lock gate = new();
    private long cached;
    private Tuple<Block.Cursor, Block.Cursor>? spare;

    /// <summary>Opens a table and reads its footer and index.</summary>
    /// <exception cref="InvalidModelException">NOT_FOUND without the file, DATA_LOSS when it is no table, FAILED_PRECONDITION for a folder.</exception>
    internal TableReader(string path)
    {
        this.path = path;
        file = FileErrors.Open(path);
        try
        {
            length = RandomAccess.GetLength(file);
            if (length < Footer.Size)
                throw Error($"the file is too short to be an sstable: {length} bytes.", 0);
            var footer = new byte[Footer.Size];
            FileErrors.ReadExactly(file, path, footer, length - Footer.Size);
            index = ReadBlock(Footer.ReadIndexHandle(footer, path, length - Footer.Size));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The file.</summary>
    internal string Path => path;

    /// <summary>Bytes that all values together may have, compressed as they may be.</summary>
    internal long MaxContent => length * Snappy.MaxRatio;

    /// <summary>The value of a key, or null.</summary>
    /// <exception cref="InvalidModelException">DATA_LOSS when the block where it should be is damaged.</exception>
    internal ReadOnlyMemory<byte>? Find(ReadOnlySpan<byte> key)
    {
        // Cursors are kept: who asks for many keys mostly asks for one after the other.
        var cursors = Interlocked.Exchange(ref spare, null) ?? Tuple.Create(new Block.Cursor(), new Block.Cursor());
        var value = Find(key, cursors);
        spare = cursors;
        return value;
    }

    /// <summary>All entries in the order of their keys, which must ascend.</summary>
    /// <exception cref="InvalidModelException">DATA_LOSS when a block is damaged.</exception>
    internal IEnumerable<(byte[] Key, ReadOnlyMemory<byte> Value)> Entries()
    {
        // A key costs its file only what it does not share with the one before; who keeps all keys should not run out of memory over that.
        var left = MaxContent * MaxSharing + (16 << 20);
        var outer = index.Begin();
        while (outer.MoveNext())
        {
            var inner = Load(outer).Begin();
            while (inner.MoveNext())
            {
                left -= inner.Key.Length;
                if (left < 0)
                    throw Error("the keys are far longer than the file.", null);
                yield return (inner.Key.ToArray(), inner.Value);
            }
            Check(inner);
        }
        Check(outer);
    }

    public void Dispose() => file.Dispose();

    private ReadOnlyMemory<byte>? Find(ReadOnlySpan<byte> key, Tuple<Block.Cursor, Block.Cursor> cursors)
    {
        var (outer, inner) = cursors;
        outer.Reset(index);
        if (!outer.Seek(key))
        {
            Check(outer);
            return null;
        }
        var block = Load(outer);
        if (inner.IsIn(block) && !inner.Key.SequenceEqual(key) && inner.MoveNext() && inner.Key.SequenceEqual(key))
            return inner.Value;
        inner.Reset(block);
        if (inner.Seek(key) && inner.Key.SequenceEqual(key))
            return inner.Value;
        Check(inner);
        return null;
    }

    private Block Load(Block.Cursor entry)
    {
        var bytes = entry.Value.Span;
        if (!BlockHandle.TryRead(ref bytes, out var handle))
            throw Error("bad block handle in the index block.", null);
        lock (gate)
        {
            if (blocks.TryGetValue(handle.Offset, out var block))
                return block;
            block = ReadBlock(handle);
            if (cached + block.Size > CacheLimit)
            {
                blocks.Clear();
                cached = 0;
            }
            blocks[handle.Offset] = block;
            cached += block.Size;
            return block;
        }
    }

    private Block ReadBlock(BlockHandle handle)
    {
        var (offset, size) = handle;
        if (offset > long.MaxValue)
            throw new InvalidModelException(StatusCode.InvalidArgument, path, $"a block at byte {offset} is not possible.");
        if (size >= int.MaxValue - BlockHandle.TrailerSize)
            throw Error($"a block of {size} bytes is not possible.", (long)offset);
        if (offset + size + BlockHandle.TrailerSize > (ulong)length)
            throw new InvalidModelException(StatusCode.OutOfRange, path, $"a block of {size} bytes does not end before byte {length}, the end of the file.", (long)offset);
        var stored = new byte[size + BlockHandle.TrailerSize];
        FileErrors.ReadExactly(file, path, stored, (long)offset);
        var expected = Crc32C.Unmask(BinaryPrimitives.ReadUInt32LittleEndian(stored.AsSpan(stored.Length - 4)));
        var found = Crc32C.Compute(stored.AsSpan(0, stored.Length - 4));
        if (expected != found)
            throw Error($"block checksum mismatch: expected {expected:x8}, found {found:x8}.", (long)offset);
        var block = stored[^BlockHandle.TrailerSize] switch
        {
            0 => Block.TryParse(stored, (int)size),
            1 when Snappy.Decode(stored.AsSpan(0, (int)size)) is { } content => Block.TryParse(content, content.Length),
            1 => throw Error("corrupted compressed block contents.", (long)offset),
            var type => throw Error($"bad block type {type}.", (long)offset),
        };
        return block ?? throw Error("bad block contents.", (long)offset);
    }

    private void Check(Block.Cursor cursor)
    {
        if (cursor.IsCorrupt)
            throw Error("bad entry in block.", null);
    }

    private InvalidModelException Error(string message, long? offset) => new(StatusCode.DataLoss, path, message, offset);
}
