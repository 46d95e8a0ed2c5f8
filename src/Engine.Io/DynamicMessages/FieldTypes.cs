using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Engine.Io.DynamicMessages;

/// <summary>How fields travel, and which tensors they become.</summary>
internal static class FieldTypes
{
    /// <summary>The wire type of a single value.</summary>
    internal static WireFormat.WireType WireType(FieldType type) => type switch
    {
        FieldType.Double or FieldType.Fixed64 or FieldType.SFixed64 => WireFormat.WireType.Fixed64,
        FieldType.Float or FieldType.Fixed32 or FieldType.SFixed32 => WireFormat.WireType.Fixed32,
        FieldType.String or FieldType.Bytes or FieldType.Message => WireFormat.WireType.LengthDelimited,
        FieldType.Group => WireFormat.WireType.StartGroup,
        _ => WireFormat.WireType.Varint,
    };

    /// <summary>Whether several values may share one length.</summary>
    internal static bool IsPackable(FieldType type) => WireType(type) is not (WireFormat.WireType.LengthDelimited or WireFormat.WireType.StartGroup);

    /// <summary>Whether values of a field become elements of this type.</summary>
    internal static bool Fits(FieldType type, DType element) => type switch
    {
        FieldType.Double => element == DType.Float64,
        FieldType.Float => element is DType.Float32 or DType.Float64,
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => element == DType.Int64,
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => element is DType.Int32 or DType.Int64,
        FieldType.UInt64 or FieldType.Fixed64 => element == DType.UInt64,
        FieldType.UInt32 or FieldType.Fixed32 => element is DType.UInt32 or DType.UInt64,
        FieldType.Bool => element == DType.Bool,
        FieldType.Enum => element == DType.Int32,
        _ => element == DType.String,
    };

    /// <summary>Reads the raw bits of a number or truth value.</summary>
    internal static bool TryRead(ref WireReader reader, FieldType type, out ulong bits)
    {
        switch (WireType(type))
        {
            case WireFormat.WireType.Fixed64: return reader.TryFixed(8, out bits);
            case WireFormat.WireType.Fixed32: return reader.TryFixed(4, out bits);
            default: return reader.TryVarint(out bits);
        }
    }

    /// <summary>The integer that the bits of a field of any integer type mean, as 64 bits.</summary>
    internal static long Integer(FieldType type, ulong bits) => type switch
    {
        FieldType.Int32 or FieldType.SFixed32 or FieldType.Enum => (int)bits,
        FieldType.SInt32 => (int)((uint)bits >> 1) ^ -(int)(bits & 1),
        FieldType.SInt64 => (long)(bits >> 1) ^ -(long)(bits & 1),
        FieldType.UInt32 or FieldType.Fixed32 => (uint)bits,
        FieldType.Bool => bits != 0 ? 1 : 0,
        _ => (long)bits,
    };

    /// <summary>The bits that mean an integer.</summary>
    internal static ulong Bits(FieldType type, long value) => type switch
    {
        FieldType.SFixed32 or FieldType.Fixed32 or FieldType.UInt32 => (uint)value,
        FieldType.SInt32 => (uint)((int)value << 1 ^ (int)value >> 31),
        FieldType.SInt64 => (ulong)(value << 1 ^ value >> 63),
        _ => (ulong)value,
    };

    /// <summary>Writes the bits of a number or truth value.</summary>
    internal static void Write(WireWriter output, FieldType type, ulong bits)
    {
        switch (WireType(type))
        {
            case WireFormat.WireType.Fixed64: output.Fixed(bits, 8); break;
            case WireFormat.WireType.Fixed32: output.Fixed(bits, 4); break;
            default: output.Varint(bits); break;
        }
    }
}
