using System.Buffers.Binary;
using System.Collections.Immutable;
using Engine.Io.Tables;
using Google.Protobuf;

namespace Engine.Io.Checkpoints;

/// <summary>An entry of a V2 checkpoint's index: where a tensor lies in which shard, or of which slices it is made.</summary>
internal sealed class BundleEntry
{
    /// <summary>The element type; perhaps one that does not exist.</summary>
    internal required DType Type { get; init; }

    /// <summary>The shape of the whole tensor.</summary>
    internal required Shape Shape { get; init; }

    /// <summary>The number of the data file.</summary>
    internal required int Shard { get; init; }

    /// <summary>First byte.</summary>
    internal required long Offset { get; init; }

    /// <summary>Bytes.</summary>
    internal required long Size { get; init; }

    /// <summary>The checksum as stored.</summary>
    internal required uint MaskedCrc { get; init; }

    /// <summary>The parts the tensor is stored in; empty when it is stored as one.</summary>
    internal ImmutableArray<TensorSlice> Slices { get; init; } = [];

    /// <summary>Reads an entry.</summary>
    /// <exception cref="InvalidModelException">DATA_LOSS when it is none, or its shape is none.</exception>
    internal static BundleEntry Parse(ReadOnlyMemory<byte> value, ReadOnlySpan<byte> key, string file)
    {
        try
        {
            return ParseCommon(value.Span) ?? ParseAny(value.Span);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or EngineException)
        {
            throw new InvalidModelException(StatusCode.DataLoss, file, $"the entry of '{System.Text.Encoding.UTF8.GetString(key)}' is damaged: {e.Message}", inner: e);
        }
    }

    private static BundleEntry ParseAny(ReadOnlySpan<byte> value)
    {
        var proto = Protos.BundleEntryProto.Parser.ParseFrom(value);
        var dims = proto.Shape?.Dim ?? [];
        if (dims.Count > Shape.MaxRank)
            throw EngineException.InvalidArgument($"{dims.Count} dimensions.");
        return new()
        {
            Type = (DType)(int)proto.Dtype,
            Shape = new Shape([.. dims.Select(d => d.Size)]),
            Shard = proto.ShardId,
            Offset = proto.Offset,
            Size = proto.Size,
            MaskedCrc = proto.Crc32C,
            Slices = [.. proto.Slices.Select(TensorSlice.FromProto)],
        };
    }

    // What writers write, without making messages: each field once at most, in ascending order, no parts. Null for anything else.
    private static BundleEntry? ParseCommon(ReadOnlySpan<byte> rest)
    {
        if (!Number(ref rest, 1, out var type) || rest is not [2 << 3 | 2, var shapeLength, ..] || shapeLength > 127 || shapeLength > rest.Length - 2)
            return null;
        var shapeBytes = rest.Slice(2, shapeLength);
        rest = rest[(2 + shapeLength)..];
        Span<long> dims = stackalloc long[16];
        var rank = 0;
        while (!shapeBytes.IsEmpty)
        {
            if (rank == dims.Length || shapeBytes is not [2 << 3 | 2, var length, ..] || length > 127 || length > shapeBytes.Length - 2)
                return null;
            var dim = shapeBytes.Slice(2, length);
            shapeBytes = shapeBytes[(2 + length)..];
            if (!Number(ref dim, 1, out var size) || !dim.IsEmpty)
                return null;
            dims[rank++] = (long)size;
        }
        if (!Number(ref rest, 3, out var shard) || !Number(ref rest, 4, out var offset) || !Number(ref rest, 5, out var bytes))
            return null;
        if (rest.Length != 5 || rest[0] != (6 << 3 | 5))
            return null;
        return new()
        {
            Type = (DType)(int)type,
            Shape = new Shape(dims[..rank]),
            Shard = (int)shard,
            Offset = (long)offset,
            Size = (long)bytes,
            MaskedCrc = BinaryPrimitives.ReadUInt32LittleEndian(rest[1..]),
        };
    }

    // A field that is a varint, 0 when it is not there.
    private static bool Number(ref ReadOnlySpan<byte> rest, int field, out ulong value)
    {
        value = 0;
        if (rest.IsEmpty || rest[0] != field << 3)
            return true;
        rest = rest[1..];
        return Varint.TryRead(ref rest, Varint.MaxBytes, out value);
    }
}
