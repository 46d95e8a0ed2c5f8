using System.Buffers.Binary;
using Google.Protobuf;

namespace Engine.Io.DynamicMessages;

/// <summary>Writes protobuf's wire format.</summary>
internal sealed class WireWriter
{
    private readonly MemoryStream stream = new();

    internal void Tag(int field, WireFormat.WireType type) => Varint(WireFormat.MakeTag(field, type));

    internal void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            stream.WriteByte((byte)(value | 0x80));
        stream.WriteByte((byte)value);
    }

    internal void Fixed(ulong value, int size)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        stream.Write(bytes[..size]);
    }

    /// <summary>Bytes behind their length.</summary>
    internal void Bytes(ReadOnlySpan<byte> bytes)
    {
        Varint((ulong)bytes.Length);
        stream.Write(bytes);
    }

    /// <summary>Bytes as they are.</summary>
    internal void Raw(ReadOnlySpan<byte> bytes) => stream.Write(bytes);

    internal byte[] ToArray() => stream.ToArray();
}
