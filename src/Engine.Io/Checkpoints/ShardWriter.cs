using System.Buffers.Binary;
using Engine.Io.Files;
using Engine.Io.Tables;

namespace Engine.Io.Checkpoints;

/// <summary>Appends to a data file and keeps the checksum of what was appended: small pieces are gathered, large ones go to the file from where they are.</summary>
internal sealed class ShardWriter(NewFile file)
{
    // A piece of this size is still in the processor's cache when it is written after its checksum was taken.
    private const int Piece = 1 << 18;

    private readonly byte[] gathered = GC.AllocateUninitializedArray<byte>(Piece);
    private int count;
    private long written;

    /// <summary>Bytes appended so far.</summary>
    internal long Position => written + count;

    /// <summary>The CRC of what was appended since it was last set.</summary>
    internal uint Crc { get; set; }

    internal unsafe void Append(byte* bytes, long length)
    {
        for (; length > 0; bytes += Piece, length -= Piece)
            Append(new ReadOnlySpan<byte>(bytes, (int)Math.Min(length, Piece)));
    }

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        for (; !bytes.IsEmpty; bytes = bytes[Math.Min(bytes.Length, Piece)..])
        {
            var piece = bytes[..Math.Min(bytes.Length, Piece)];
            Crc = Crc32C.Extend(Crc, piece);
            AppendUnchecked(piece);
        }
    }

    /// <summary>Appends what the checksum does not cover as it stands.</summary>
    internal void AppendUnchecked(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > gathered.Length - count)
            Flush();
        if (bytes.Length >= gathered.Length / 4)
        {
            Flush();
            RandomAccess.Write(file.Handle, bytes, written);
            written += bytes.Length;
            return;
        }
        bytes.CopyTo(gathered.AsSpan(count));
        count += bytes.Length;
    }

    internal void AppendVarint(ulong value)
    {
        Span<byte> bytes = stackalloc byte[Varint.MaxBytes];
        AppendUnchecked(bytes[..Varint.Write(bytes, value)]);
    }

    /// <summary>Appends the checksum so far, masked; it becomes a part of what the checksum covers.</summary>
    internal void AppendMaskedCrc()
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(word, Crc32C.Mask(Crc));
        Append(word);
    }

    /// <summary>Writes what was gathered.</summary>
    internal void Flush()
    {
        if (count == 0)
            return;
        RandomAccess.Write(file.Handle, gathered.AsSpan(0, count), written);
        written += count;
        count = 0;
    }
}
