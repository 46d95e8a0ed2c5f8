using Engine.Io.Protos;
using Engine.Io.Tensors;
using Google.Protobuf;

namespace Engine.Conformance.Comparing;

/// <summary>Compares the objects of variant tensors by the messages that stand for them: type name, metadata, tensors.</summary>
internal static class VariantComparer
{
    internal static Difference? Compare(string name, ByteString expected, Tensor actual)
    {
        var messages = TensorDecoder.VariantMessages(TensorProto.Parser.ParseFrom(expected));
        var items = actual.AsSpan<object?>();
        for (var i = 0; i < items.Length; i++)
        {
            if (Compare($"{name}[{i}]", messages[i], VariantCodec.Encode(items[i])) is { } difference)
                return difference;
        }
        return null;
    }

    private static Difference? Compare(string name, VariantTensorDataProto expected, VariantTensorDataProto actual)
    {
        if (actual.TypeName != expected.TypeName)
            return new($"{name} is a {actual.TypeName}, not a {expected.TypeName}");
        if (actual.Metadata != expected.Metadata)
            return new($"{name} has the metadata {Convert.ToHexString(actual.Metadata.Span)}, not {Convert.ToHexString(expected.Metadata.Span)}");
        if (actual.Tensors.Count != expected.Tensors.Count)
            return new($"{name} has {actual.Tensors.Count} tensors, not {expected.Tensors.Count}");
        for (var i = 0; i < expected.Tensors.Count; i++)
        {
            using var e = new TensorDecoder().Decode(expected.Tensors[i]);
            using var a = new TensorDecoder().Decode(actual.Tensors[i]);
            if (ValueComparer.Compare(new Golden.Value { Name = $"{name}.{i}", Tensor = expected.Tensors[i].ToByteString() }, e, a) is { } difference)
                return difference;
        }
        return null;
    }
}
