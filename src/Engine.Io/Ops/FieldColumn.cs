using Engine.Io.DynamicMessages;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Engine.Io.Ops;

/// <summary>The values of a field in many messages, one message after the other.</summary>
internal sealed class FieldColumn(FieldDescriptor field)
{
    private readonly bool isString = !FieldTypes.IsPackable(field.FieldType);
    private readonly byte[] missingString = DefaultValues.Of(field) as byte[] ?? [];
    private readonly ulong missingNumber = DefaultValues.Of(field) is ulong bits ? Meaning(field, bits) : 0;
    private readonly List<ulong> numbers = [];
    private readonly List<byte[]> strings = [];
    private readonly List<int> ends = [];

    /// <summary>Values of the message that has most, at least one.</summary>
    internal int Longest { get; private set; } = 1;

    private int Count => isString ? strings.Count : numbers.Count;

    private int Start => ends.Count == 0 ? 0 : ends[^1];

    /// <summary>Reads one value or several packed ones behind their tag; passes what has another wire type.</summary>
    internal bool TryRead(ref WireReader reader, uint tag, int start)
    {
        var wire = WireFormat.GetTagWireType(tag);
        if (wire == FieldTypes.WireType(field.FieldType))
            return TryReadOne(ref reader, start);
        if (wire != WireFormat.WireType.LengthDelimited || isString)
            return reader.TrySkip(tag);
        if (!reader.TryBytes(out var packed))
            return false;
        var inner = new WireReader(packed);
        while (!inner.IsAtEnd)
        {
            if (!FieldTypes.TryRead(ref inner, field.FieldType, out var bits))
                return false;
            // A field that is not repeated counts as given then, but keeps its default value; a packed int32 that becomes an int64 loses its sign. So in TensorFlow.
            AddNumber(!field.IsRepeated ? missingNumber : field.FieldType == FieldType.Int32 ? (uint)bits : Meaning(bits));
        }
        return true;
    }

    /// <summary>Closes a message; says how many values it has.</summary>
    internal int EndMessage()
    {
        var count = Count - Start;
        ends.Add(Count);
        Longest = Math.Max(Longest, count);
        return count;
    }

    /// <summary>Writes all values, rows padded with the field's default value.</summary>
    internal void Write(Tensor tensor)
    {
        switch (tensor.Type)
        {
            case DType.String: Write(tensor, strings, missingString, s => s); break;
            case DType.Float32: Write(tensor, numbers, missingNumber, Single); break;
            case DType.Float64 when field.FieldType == FieldType.Float: Write<ulong, double>(tensor, numbers, missingNumber, bits => Single(bits)); break;
            case DType.Float64: Write(tensor, numbers, missingNumber, BitConverter.UInt64BitsToDouble); break;
            case DType.Bool: Write(tensor, numbers, missingNumber, bits => bits != 0); break;
            case DType.Int32: Write(tensor, numbers, missingNumber, bits => (int)bits); break;
            case DType.UInt32: Write(tensor, numbers, missingNumber, bits => (uint)bits); break;
            case DType.Int64: Write(tensor, numbers, missingNumber, bits => (long)bits); break;
            default: Write(tensor, numbers, missingNumber, bits => bits); break;
        }
    }

    private static ulong Meaning(FieldDescriptor field, ulong bits) => (ulong)FieldTypes.Integer(field.FieldType, bits);

    private ulong Meaning(ulong bits) => Meaning(field, bits);

    private static float Single(ulong bits) => BitConverter.UInt32BitsToSingle((uint)bits);

    private bool TryReadOne(ref WireReader reader, int start)
    {
        if (!isString)
        {
            if (!FieldTypes.TryRead(ref reader, field.FieldType, out var bits))
                return false;
            AddNumber(Meaning(bits));
            return true;
        }
        if (field.FieldType == FieldType.Group)
        {
            // A group's string has its tags around it.
            if (!reader.TryGroup(field.FieldNumber, out _))
                return false;
            AddString(reader.Since(start).ToArray());
            return true;
        }
        if (!reader.TryBytes(out var part))
            return false;
        AddString(part.ToArray());
        return true;
    }

    // Of a field that is not repeated the last value counts.
    private void AddNumber(ulong bits)
    {
        if (!field.IsRepeated && numbers.Count > Start)
            numbers[^1] = bits;
        else
            numbers.Add(bits);
    }

    private void AddString(byte[] value)
    {
        if (!field.IsRepeated && strings.Count > Start)
            strings[^1] = value;
        else
            strings.Add(value);
    }

    private void Write<TFrom, TTo>(Tensor tensor, List<TFrom> values, TFrom padding, Func<TFrom, TTo> convert)
    {
        var to = tensor.AsSpan<TTo>();
        var at = 0;
        for (var m = 0; m < ends.Count; m++)
        {
            var row = to.Slice(m * Longest, Longest);
            var count = ends[m] - at;
            for (var i = 0; i < count; i++)
                row[i] = convert(values[at + i]);
            row[count..].Fill(convert(padding));
            at = ends[m];
        }
    }
}
