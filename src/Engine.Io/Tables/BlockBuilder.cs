using System.Buffers.Binary;

namespace Engine.Io.Tables;

/// <summary>
/// Builds a block: entries of shared and unshared key length, value length, unshared key bytes, value; then the offsets of the entries that share nothing
/// (restarts) and their number.
/// </summary>
/// <param name="restartInterval">Entries from one restart to the next.</param>
internal sealed class BlockBuilder(int restartInterval)
{
    private readonly MemoryStream bytes = new();
    private readonly List<uint> restarts = [0];
    private byte[] last = [];
    private int sinceRestart;

    internal bool IsEmpty => bytes.Length == 0;

    /// <summary>Bytes of the finished block.</summary>
    internal long Size => bytes.Length + 4 * restarts.Count + 4;

    /// <summary>The key added last, until the block is finished.</summary>
    internal byte[] LastKey => last;

    /// <summary>Adds an entry; keys ascend.</summary>
    internal void Add(byte[] key, ReadOnlySpan<byte> value)
    {
        var shared = 0;
        if (sinceRestart < restartInterval)
        {
            shared = last.AsSpan().CommonPrefixLength(key);
        }
        else
        {
            restarts.Add((uint)bytes.Length);
            sinceRestart = 0;
        }
        Varint.Write(bytes, (ulong)shared);
        Varint.Write(bytes, (ulong)(key.Length - shared));
        Varint.Write(bytes, (ulong)value.Length);
        bytes.Write(key.AsSpan(shared));
        bytes.Write(value);
        last = key;
        sinceRestart++;
    }

    /// <summary>The finished block; the builder is empty again.</summary>
    internal byte[] Finish()
    {
        Span<byte> word = stackalloc byte[4];
        foreach (var r in restarts)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(word, r);
            bytes.Write(word);
        }
        BinaryPrimitives.WriteUInt32LittleEndian(word, (uint)restarts.Count);
        bytes.Write(word);
        var block = bytes.ToArray();
        bytes.SetLength(0);
        restarts.Clear();
        restarts.Add(0);
        sinceRestart = 0;
        last = [];
        return block;
    }
}
