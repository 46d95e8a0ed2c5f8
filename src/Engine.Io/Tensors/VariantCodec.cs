using Engine.Io.Tables;
using Engine.Ops.Ragged;
using Engine.Ops.TensorLists;
using Google.Protobuf;

namespace Engine.Io.Tensors;

/// <summary>The objects of variant tensors as messages: a type's name, data of its own, tensors.</summary>
internal static class VariantCodec
{
    private const string ListName = "tensorflow::TensorList";
    private const string MapName = "tensorflow::TensorMap";
    private const string OptionalName = "tensorflow::data::Optional";
    private const string RaggedName = "RaggedTensorVariant";
    private const string TensorName = "tensorflow::Tensor";

    /// <summary>The message of an object; of none, an empty one.</summary>
    /// <exception cref="EngineException">UNIMPLEMENTED for objects that mean something only in this process.</exception>
    internal static Protos.VariantTensorDataProto Encode(object? item) => item switch
    {
        null => new(),
        TensorList list => EncodeList(list),
        TensorMap map => Encode(MapName, [.. map.Items.Values.SelectMany(pair => (Tensor[])[pair.Key, pair.Value])]),
        OptionalVariant { Components: null } => new() { TypeName = OptionalName, Metadata = ByteString.CopyFrom(0) },
        OptionalVariant optional => Encode(OptionalName, optional.Components, 1),
        RaggedVariant ragged => Encode(RaggedName, [.. ragged.Splits, ragged.Values]),
        Tensor tensor => Encode(TensorName, [tensor]),
        _ => throw EngineException.Unimplemented($"Variants that hold a {item.GetType().Name} cannot be saved."),
    };

    /// <summary>The object of a message.</summary>
    /// <exception cref="EngineException">INTERNAL for an unknown type, INVALID_ARGUMENT for damaged contents.</exception>
    internal static object? Decode(Protos.VariantTensorDataProto proto, TensorDecoder decoder) => proto.TypeName switch
    {
        "" => null,
        ListName => DecodeList(proto, decoder),
        MapName => DecodeMap(Tensors(proto, decoder)),
        OptionalName => new OptionalVariant(proto.Metadata.Length > 0 && proto.Metadata[0] != 0 ? Tensors(proto, decoder) : null),
        RaggedName when Tensors(proto, decoder) is [.. var splits, var values] => new RaggedVariant(splits, values),
        TensorName when Tensors(proto, decoder) is [var tensor] => tensor,
        RaggedName or TensorName => throw Damaged(proto.TypeName),
        _ => throw EngineException.Internal($"Could not parse variant of unknown type {proto.TypeName}."),
    };

    private static Protos.VariantTensorDataProto Encode(string name, IEnumerable<Tensor> tensors, params ReadOnlySpan<byte> metadata)
    {
        var proto = new Protos.VariantTensorDataProto { TypeName = name, Metadata = ByteString.CopyFrom(metadata) };
        foreach (var t in tensors)
        {
            var item = TensorEncoder.EncodeValues(t);
            item.Dtype = (Protos.DataType)(int)t.Type;
            item.TensorShape = ShapeProtos.ToProto(t.Shape);
            proto.Tensors.Add(item);
        }
        return proto;
    }

    // Which elements are not set, element type, maximum, then the shape that all elements have in common.
    private static Protos.VariantTensorDataProto EncodeList(TensorList list)
    {
        var metadata = new MemoryStream();
        Varint.Write(metadata, (ulong)list.Items.Count(item => item is null));
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (list.Items[i] is null)
                Varint.Write(metadata, (ulong)i);
        }
        Varint.Write(metadata, (ulong)list.ElementType);
        Varint.Write(metadata, (ulong)(long)list.Maximum);
        ShapeProtos.ToProto(list.ElementShape).WriteTo(metadata);
        return Encode(ListName, list.Items.OfType<Tensor>(), metadata.ToArray());
    }

    private static TensorList DecodeList(Protos.VariantTensorDataProto proto, TensorDecoder decoder)
    {
        var rest = proto.Metadata.Span;
        if (!Varint.TryRead(ref rest, Varint.MaxBytes, out var missing) || missing > (ulong)rest.Length)
            throw Damaged(ListName);
        var unset = new HashSet<ulong>();
        for (; missing > 0; missing--)
        {
            if (!Varint.TryRead(ref rest, Varint.MaxBytes, out var index) || !unset.Add(index))
                throw Damaged(ListName);
        }
        if (!Varint.TryRead(ref rest, Varint.MaxBytes, out var type) || !Varint.TryRead(ref rest, Varint.MaxBytes, out var maximum))
            throw Damaged(ListName);
        PartialShape shape;
        try
        {
            shape = ShapeProtos.ToPartialShape(Protos.TensorShapeProto.Parser.ParseFrom(rest));
        }
        catch (InvalidProtocolBufferException)
        {
            throw Damaged(ListName);
        }
        var list = new TensorList((DType)(int)type, shape, (int)(long)maximum);
        var count = proto.Tensors.Count + unset.Count;
        if (unset.Any(i => i >= (ulong)count))
            throw Damaged(ListName);
        var given = 0;
        for (var i = 0; i < count; i++)
            list.Items.Add(unset.Contains((ulong)i) ? null : decoder.Decode(proto.Tensors[given++]));
        return list;
    }

    private static TensorMap DecodeMap(Tensor[] tensors)
    {
        if (tensors.Length % 2 != 0)
            throw Damaged(MapName);
        var map = new TensorMap();
        for (var i = 0; i < tensors.Length; i += 2)
            map.Items[TensorMap.Identity(tensors[i])] = (tensors[i], tensors[i + 1]);
        return map;
    }

    private static Tensor[] Tensors(Protos.VariantTensorDataProto proto, TensorDecoder decoder) => [.. proto.Tensors.Select(decoder.Decode)];

    private static EngineException Damaged(string name) => EngineException.InvalidArgument($"Could not parse variant of type {name}: its data are damaged.");
}
