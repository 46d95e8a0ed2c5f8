using System.Collections.Immutable;
using Google.Protobuf;

namespace Engine.Io.Checkpoints;

/// <summary>An entry of a V2 checkpoint's index: where a tensor lies in which shard, or of which slices it is made.</summary>
internal sealed class BundleEntry
{
    private BundleEntry(Protos.BundleEntryProto proto, Shape shape)
    {
        Type = (DType)(int)proto.Dtype;
        Shape = shape;
        Shard = proto.ShardId;
        Offset = proto.Offset;
        Size = proto.Size;
        MaskedCrc = proto.Crc32C;
        Slices = [.. proto.Slices.Select(TensorSlice.FromProto)];
    }

    /// <summary>The element type; perhaps one that does not exist.</summary>
    internal DType Type { get; }

    /// <summary>The shape of the whole tensor.</summary>
    internal Shape Shape { get; }

    /// <summary>The number of the data file.</summary>
    internal int Shard { get; }

    /// <summary>First byte.</summary>
    internal long Offset { get; }

    /// <summary>Bytes.</summary>
    internal long Size { get; }

    /// <summary>The checksum as stored.</summary>
    internal uint MaskedCrc { get; }

    /// <summary>The parts the tensor is stored in; empty when it is stored as one.</summary>
    internal ImmutableArray<TensorSlice> Slices { get; }

    /// <summary>Reads an entry.</summary>
    /// <exception cref="InvalidModelException">DATA_LOSS when it is none, or its shape is none.</exception>
    internal static BundleEntry Parse(ReadOnlyMemory<byte> value, string key, string file)
    {
        try
        {
            var proto = Protos.BundleEntryProto.Parser.ParseFrom(value.Span);
            var dims = proto.Shape?.Dim ?? [];
            if (dims.Count > Shape.MaxRank)
                throw EngineException.InvalidArgument($"{dims.Count} dimensions.");
            return new(proto, new Shape([.. dims.Select(d => d.Size)]));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or EngineException)
        {
            throw new InvalidModelException(StatusCode.DataLoss, file, $"the entry of '{key}' is damaged: {e.Message}", inner: e);
        }
    }
}
