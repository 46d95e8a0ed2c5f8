using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Engine.Io.DynamicMessages;

/// <summary>A message of a type that is known by its descriptor alone.</summary>
internal sealed class DynamicMessage(MessageDescriptor type)
{
    private const int MaxDepth = 100;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly SortedDictionary<int, List<object>> values = [];
    private readonly WireWriter unknown = new();
    private readonly bool isProto3 = type.File.ToProto().Syntax == "proto3";

    internal MessageDescriptor Type => type;

    /// <summary>Whether a field has a value.</summary>
    internal bool Has(FieldDescriptor field) => values.ContainsKey(field.FieldNumber);

    /// <summary>Adds a value: the bits of a number, bytes, or a message. Of a field that is not repeated the last one stays.</summary>
    internal void Add(FieldDescriptor field, object value)
    {
        if (!values.TryGetValue(field.FieldNumber, out var list))
            values[field.FieldNumber] = list = [];
        if (!field.IsRepeated)
        {
            list.Clear();
            Forget(field);
        }
        else if (field.IsMap)
        {
            list.RemoveAll(old => ((DynamicMessage)old).Key().AsSpan().SequenceEqual(((DynamicMessage)value).Key()));
        }
        list.Add(value);
    }

    /// <summary>Merges fields from the wire.</summary>
    /// <returns>False for what is no such message.</returns>
    internal bool TryMerge(ReadOnlySpan<byte> bytes, int depth = 0)
    {
        if (depth > MaxDepth)
            return false;
        var reader = new WireReader(bytes);
        while (!reader.IsAtEnd)
        {
            var start = reader.At;
            if (!reader.TryTag(out var tag))
                return false;
            if (Field(WireFormat.GetTagFieldNumber(tag)) is { } field && TryRead(ref reader, field, tag, depth) is { } isRead)
            {
                if (!isRead)
                    return false;
                continue;
            }
            if (!reader.TrySkip(tag))
                return false;
            unknown.Raw(reader.Since(start));
        }
        return true;
    }

    /// <summary>Whether all required fields are there, at every depth.</summary>
    internal bool IsComplete() => type.Fields.InDeclarationOrder().All(f => !f.IsRequired || Has(f))
        && values.Values.SelectMany(v => v).All(v => v is not DynamicMessage m || m.IsComplete());

    /// <summary>The message in protobuf's canonical order: fields by number, then what is not known.</summary>
    internal byte[] ToBytes()
    {
        var output = new WireWriter();
        foreach (var (number, list) in values)
            Write(output, Field(number)!, list);
        output.Raw(unknown.ToArray());
        return output.ToArray();
    }

    private FieldDescriptor? Field(int number) => type.FindFieldByNumber(number);

    private byte[] Key() => values.TryGetValue(1, out var key) ? key[0] as byte[] ?? BitConverter.GetBytes((ulong)key[0]) : new byte[8];

    // Null for a wire type that the field does not have: what is there is kept as not known.
    private bool? TryRead(ref WireReader reader, FieldDescriptor field, uint tag, int depth)
    {
        var wire = WireFormat.GetTagWireType(tag);
        if (wire == FieldTypes.WireType(field.FieldType))
            return TryReadValue(ref reader, field, depth);
        if (wire != WireFormat.WireType.LengthDelimited || !field.IsRepeated || !FieldTypes.IsPackable(field.FieldType))
            return null;
        if (!reader.TryBytes(out var packed))
            return false;
        var inner = new WireReader(packed);
        while (!inner.IsAtEnd)
        {
            if (!FieldTypes.TryRead(ref inner, field.FieldType, out var bits))
                return false;
            AddNumber(field, bits);
        }
        return true;
    }

    private bool TryReadValue(ref WireReader reader, FieldDescriptor field, int depth)
    {
        if (FieldTypes.IsPackable(field.FieldType))
        {
            if (!FieldTypes.TryRead(ref reader, field.FieldType, out var bits))
                return false;
            AddNumber(field, bits);
            return true;
        }
        ReadOnlySpan<byte> part;
        if (field.FieldType == FieldType.Group ? !reader.TryGroup(field.FieldNumber, out part) : !reader.TryBytes(out part))
            return false;
        if (field.FieldType is FieldType.String or FieldType.Bytes)
        {
            if (field.FieldType == FieldType.String && isProto3 && !IsUtf8(part))
                return false;
            Add(field, part.ToArray());
            return true;
        }
        // A message that is given twice is merged.
        var message = !field.IsRepeated && values.TryGetValue(field.FieldNumber, out var present) ? (DynamicMessage)present[0] : new DynamicMessage(field.MessageType);
        if (!message.TryMerge(part, depth + 1))
            return false;
        Add(field, message);
        return true;
    }

    private void AddNumber(FieldDescriptor field, ulong bits)
    {
        // An enum of proto2 has no other values than its own.
        if (field.FieldType == FieldType.Enum && !isProto3 && field.EnumType.FindValueByNumber((int)bits) is null)
        {
            unknown.Tag(field.FieldNumber, WireFormat.WireType.Varint);
            unknown.Varint(bits);
            return;
        }
        Add(field, FieldTypes.IsPackable(field.FieldType) && FieldTypes.WireType(field.FieldType) == WireFormat.WireType.Varint
            ? Canonical(field.FieldType, bits) : bits);
    }

    // What a wider varint says beyond the field's type is lost.
    private static ulong Canonical(FieldType type, ulong bits) => FieldTypes.Bits(type, FieldTypes.Integer(type, bits));

    private void Forget(FieldDescriptor field)
    {
        if (field.ContainingOneof is not { } oneof)
            return;
        foreach (var other in oneof.Fields.Where(f => f.FieldNumber != field.FieldNumber))
            values.Remove(other.FieldNumber);
    }

    private static void Write(WireWriter output, FieldDescriptor field, List<object> list)
    {
        if (field.IsRepeated && field.IsPacked && FieldTypes.IsPackable(field.FieldType))
        {
            var packed = new WireWriter();
            foreach (var value in list)
                FieldTypes.Write(packed, field.FieldType, (ulong)value);
            output.Tag(field.FieldNumber, WireFormat.WireType.LengthDelimited);
            output.Bytes(packed.ToArray());
            return;
        }
        foreach (var value in list)
        {
            output.Tag(field.FieldNumber, FieldTypes.WireType(field.FieldType));
            switch (value)
            {
                case ulong bits:
                    FieldTypes.Write(output, field.FieldType, bits);
                    break;
                case byte[] bytes:
                    output.Bytes(bytes);
                    break;
                case DynamicMessage message when field.FieldType == FieldType.Group:
                    output.Raw(message.ToBytes());
                    output.Tag(field.FieldNumber, WireFormat.WireType.EndGroup);
                    break;
                case DynamicMessage message:
                    output.Bytes(message.ToBytes());
                    break;
            }
        }
    }

    private static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
        try
        {
            StrictUtf8.GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
