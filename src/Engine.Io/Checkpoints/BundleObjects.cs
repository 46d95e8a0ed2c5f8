using System.Buffers.Binary;
using Engine.Io.Files;
using Engine.Io.Tables;
using Engine.Io.Tensors;
using Google.Protobuf;

namespace Engine.Io.Checkpoints;

/// <summary>Elements of no fixed size in the shards of a V2 checkpoint: strings and variants.</summary>
internal static class BundleObjects
{
    /// <summary>
    /// Strings: the lengths as varints, a masked CRC of these lengths as 4-byte numbers, then the bytes. The entry's CRC goes on from that of the lengths,
    /// over its masked form and the bytes. As in TensorFlow the entry's size bounds the lengths and is otherwise not looked at.
    /// </summary>
    internal static unsafe Tensor ReadStrings(BundleEntry entry, MappedFile shard, string path, bool swapped)
    {
        var available = Math.Min(shard.Length - entry.Offset, int.MaxValue);
        if (available <= 0)
            throw new InvalidModelException(StatusCode.OutOfRange, path, $"the file ends at byte {shard.Length}.", entry.Offset);
        if (entry.Shape.Count > entry.Size)
            throw new InvalidModelException(StatusCode.DataLoss, path, $"{entry.Shape.Count} strings do not fit {entry.Size} bytes.", entry.Offset);
        if (entry.Shape.Count > available)
            throw new InvalidModelException(StatusCode.OutOfRange, path, $"{entry.Shape.Count} strings are needed, but the file ends at byte {shard.Length}.", entry.Offset);
        ReadOnlySpan<byte> bytes = new((byte*)shard.Address + entry.Offset, (int)available);
        var rest = bytes[..(int)Math.Min(entry.Size, available)];
        var lengths = new int[entry.Shape.Count];
        var crc = 0u;
        var total = 0UL;
        Span<byte> word = stackalloc byte[8];
        for (var i = 0; i < lengths.Length; i++)
        {
            if (!Varint.TryRead(ref rest, 10, out var length))
                throw new InvalidModelException(StatusCode.OutOfRange, path, "a string's length does not end: parsed past limit.", entry.Offset);
            total += Math.Min(length, (ulong)entry.Size + 1);
            if (total + (ulong)lengths.Length > (ulong)entry.Size || length > int.MaxValue)
                throw new InvalidModelException(StatusCode.DataLoss, path, $"strings of {total} bytes and more do not fit {entry.Size} bytes.", entry.Offset);
            lengths[i] = (int)length;
            if (swapped == BitConverter.IsLittleEndian)
                BinaryPrimitives.WriteUInt32BigEndian(word, (uint)length);
            else
                BinaryPrimitives.WriteUInt32LittleEndian(word, (uint)length);
            crc = Crc32C.Extend(crc, word[..4]);
        }
        rest = bytes[(Math.Min((int)Math.Min(entry.Size, available), bytes.Length) - rest.Length)..];
        if (rest.Length < 4 || (ulong)(rest.Length - 4) < total)
            throw new InvalidModelException(StatusCode.OutOfRange, path, $"{total + 4} bytes are needed, but the file ends at byte {shard.Length}.", entry.Offset);
        var stored = swapped == BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt32BigEndian(rest) : BinaryPrimitives.ReadUInt32LittleEndian(rest);
        if (Crc32C.Unmask(stored) != crc)
            throw new InvalidModelException(StatusCode.DataLoss, path, $"the string lengths have the checksum {crc:x8}, not {Crc32C.Unmask(stored):x8}.", entry.Offset);
        crc = Crc32C.Extend(crc, rest[..(4 + (int)total)]);
        if (crc != Crc32C.Unmask(entry.MaskedCrc))
            throw new InvalidModelException(StatusCode.DataLoss, path, $"Checksum does not match: stored {Crc32C.Unmask(entry.MaskedCrc):x8}, found {crc:x8}.", entry.Offset);
        rest = rest[4..];
        var t = Tensor.Allocate(DType.String, entry.Shape);
        var items = t.AsSpan<byte[]>();
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = rest[..lengths[i]].ToArray();
            rest = rest[lengths[i]..];
        }
        return t;
    }

    /// <summary>Variants: per element the length as a varint, the message, and a masked CRC of all so far.</summary>
    internal static unsafe Tensor ReadVariants(BundleEntry entry, MappedFile shard, string path)
    {
        var available = Math.Min(shard.Length - entry.Offset, entry.Size);
        if (available < entry.Size || entry.Size > int.MaxValue)
            throw new InvalidModelException(StatusCode.OutOfRange, path, $"{entry.Size} bytes are needed, but the file ends at byte {shard.Length}.", entry.Offset);
        if (entry.Shape.Count > entry.Size)
            throw new InvalidModelException(StatusCode.DataLoss, path, $"{entry.Shape.Count} variants do not fit {entry.Size} bytes.", entry.Offset);
        ReadOnlySpan<byte> rest = new((byte*)shard.Address + entry.Offset, (int)available);
        var items = new Protos.VariantTensorDataProto[entry.Shape.Count];
        var crc = 0u;
        Span<byte> word = stackalloc byte[8];
        for (var i = 0; i < items.Length; i++)
        {
            if (!Varint.TryRead(ref rest, 10, out var length) || length + 4 > (ulong)rest.Length || length > int.MaxValue)
                throw new InvalidModelException(StatusCode.DataLoss, path, "a variant does not end.", entry.Offset);
            BinaryPrimitives.WriteUInt64LittleEndian(word, length);
            crc = Crc32C.Extend(Crc32C.Extend(crc, word), rest[..(int)length]);
            if (Crc32C.Mask(crc) != BinaryPrimitives.ReadUInt32LittleEndian(rest[(int)length..]))
                throw new InvalidModelException(StatusCode.DataLoss, path, "the checksum of a variant does not match.", entry.Offset);
            crc = Crc32C.Extend(crc, rest.Slice((int)length, 4));
            try
            {
                items[i] = Protos.VariantTensorDataProto.Parser.ParseFrom(rest[..(int)length]);
            }
            catch (InvalidProtocolBufferException e)
            {
                throw new InvalidModelException(StatusCode.DataLoss, path, $"a variant is damaged: {e.Message}", entry.Offset, e);
            }
            rest = rest[((int)length + 4)..];
        }
        if (Crc32C.Mask(crc) != entry.MaskedCrc)
            throw new InvalidModelException(StatusCode.DataLoss, path, "the checksum of the variants does not match.", entry.Offset);
        var t = Tensor.Allocate(DType.Variant, entry.Shape);
        var objects = t.AsSpan<object?>();
        // A few bytes may not ask for gigabytes.
        var decoder = new TensorDecoder(64 * entry.Size + (1 << 20));
        for (var i = 0; i < items.Length; i++)
            objects[i] = VariantCodec.Decode(items[i], decoder);
        return t;
    }
}
