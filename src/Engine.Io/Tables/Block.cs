using System.Buffers.Binary;

namespace Engine.Io.Tables;

/// <summary>
/// A block of a table: entries sorted by key, each key told by what it shares with the one before (<c>shared unshared length key value</c>, three varints),
/// then the offsets of the entries that share nothing, which make binary search possible.
/// </summary>
internal sealed class Block
{
    private readonly byte[] bytes;
    private readonly int restarts;
    private readonly int restartCount;

    private Block(byte[] bytes, int restarts, int restartCount)
    {
        this.bytes = bytes;
        this.restarts = restarts;
        this.restartCount = restartCount;
    }

    /// <summary>Bytes in memory.</summary>
    internal int Size => restarts + 4 * restartCount + 4;

    /// <summary>A block from its bytes, or null when these are none.</summary>
    /// <param name="bytes">The bytes, kept.</param>
    /// <param name="length">How many of them are the block.</param>
    internal static Block? TryParse(byte[] bytes, int length)
    {
        if (length < 4)
            return null;
        var count = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(length - 4));
        if (count > (uint)(length - 4) / 4)
            return null;
        return new(bytes, length - 4 - 4 * (int)count, (int)count);
    }

    /// <summary>A cursor before the first entry.</summary>
    internal Cursor Begin()
    {
        var cursor = new Cursor();
        cursor.Reset(this);
        return cursor;
    }

    /// <summary>Walks over the entries of a block. After an error it stays invalid.</summary>
    internal sealed class Cursor
    {
        private Block block = null!;
        private byte[] key = new byte[64];
        private int keyLength;
        private int next;
        private int valueStart;
        private int valueLength;

        /// <summary>Whether the block is damaged here.</summary>
        internal bool IsCorrupt { get; private set; }

        /// <summary>The key of the entry.</summary>
        internal ReadOnlySpan<byte> Key => key.AsSpan(0, keyLength);

        /// <summary>The value of the entry.</summary>
        internal ReadOnlyMemory<byte> Value => block.bytes.AsMemory(valueStart, valueLength);

        /// <summary>Goes before the first entry of a block.</summary>
        internal void Reset(Block to)
        {
            block = to;
            keyLength = next = valueStart = valueLength = 0;
            IsCorrupt = false;
        }

        /// <summary>Whether this is a cursor of that block.</summary>
        internal bool IsIn(Block other) => block == other;

        /// <summary>Goes to the next entry; false at the end and where the block is damaged.</summary>
        internal bool MoveNext()
        {
            if (IsCorrupt || block.restartCount == 0 || next >= block.restarts)
                return false;
            ReadOnlySpan<byte> rest = block.bytes.AsSpan(next, block.restarts - next);
            if (!Varint.TryRead(ref rest, 5, out var shared) || !Varint.TryRead(ref rest, 5, out var unshared) || !Varint.TryRead(ref rest, 5, out var length)
                || shared > (ulong)keyLength || unshared + length > (ulong)rest.Length)
            {
                IsCorrupt = true;
                return false;
            }
            keyLength = (int)(shared + unshared);
            if (key.Length < keyLength)
                Array.Resize(ref key, Math.Max(keyLength, 2 * key.Length));
            rest[..(int)unshared].CopyTo(key.AsSpan((int)shared));
            valueStart = block.restarts - rest.Length + (int)unshared;
            valueLength = (int)length;
            next = valueStart + valueLength;
            return true;
        }

        /// <summary>Goes to the first entry whose key is <paramref name="target"/> or comes after it; false when there is none or the block is damaged.</summary>
        internal bool Seek(ReadOnlySpan<byte> target)
        {
            var (low, high) = (0, block.restartCount - 1);
            while (low < high && !IsCorrupt)
            {
                var middle = (int)(((uint)low + (uint)high + 1) / 2);
                if (MoveToRestart(middle) && Key.SequenceCompareTo(target) < 0)
                    low = middle;
                else
                    high = middle - 1;
            }
            if (IsCorrupt || block.restartCount == 0 || !MoveToRestart(low))
                return false;
            while (Key.SequenceCompareTo(target) < 0)
            {
                if (!MoveNext())
                    return false;
            }
            return true;
        }

        private bool MoveToRestart(int index)
        {
            var offset = BinaryPrimitives.ReadUInt32LittleEndian(block.bytes.AsSpan(block.restarts + 4 * index));
            // A lone restart may point to the end: the block is empty.
            if (offset > block.restarts || (offset < block.restarts && block.bytes[offset] != 0))
            {
                IsCorrupt = true;
                return false;
            }
            keyLength = 0;
            next = (int)offset;
            return MoveNext();
        }
    }
}
