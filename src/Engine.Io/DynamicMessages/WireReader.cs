using System.Buffers.Binary;
using Google.Protobuf;

namespace Engine.Io.DynamicMessages;

/// <summary>Reads protobuf's wire format where nothing is known at compile time. Every read says whether the bytes were there.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private const int MaxDepth = 100;

    private readonly ReadOnlySpan<byte> bytes = bytes;

    /// <summary>Offset of the next byte.</summary>
    internal int At { get; private set; }

    /// <summary>Whether all bytes were read.</summary>
    internal readonly bool IsAtEnd => At >= bytes.Length;

    /// <summary>The next tag; false at the end, or when there is none.</summary>
    internal bool TryTag(out uint tag)
    {
        tag = 0;
        var start = At;
        if (TryVarint(out var value) && value <= uint.MaxValue && WireFormat.GetTagFieldNumber((uint)value) > 0)
        {
            tag = (uint)value;
            return true;
        }
        At = start;
        return false;
    }

    /// <summary>A number of up to ten bytes.</summary>
    internal bool TryVarint(out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (IsAtEnd)
                return false;
            var b = bytes[At++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
                return true;
        }
        return false;
    }

    /// <summary>Four or eight bytes.</summary>
    internal bool TryFixed(int size, out ulong value)
    {
        value = 0;
        if (bytes.Length - At < size)
            return false;
        value = size == 4 ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[At..]) : BinaryPrimitives.ReadUInt64LittleEndian(bytes[At..]);
        At += size;
        return true;
    }

    /// <summary>Bytes behind their length.</summary>
    internal bool TryBytes(out ReadOnlySpan<byte> part)
    {
        part = default;
        if (!TryVarint(out var length) || length > (ulong)(bytes.Length - At))
            return false;
        part = bytes.Slice(At, (int)length);
        At += (int)length;
        return true;
    }

    /// <summary>Passes the value behind a tag.</summary>
    internal bool TrySkip(uint tag, int depth = 0)
    {
        switch (WireFormat.GetTagWireType(tag))
        {
            case WireFormat.WireType.Varint:
                return TryVarint(out _);
            case WireFormat.WireType.Fixed64:
                return TryFixed(8, out _);
            case WireFormat.WireType.Fixed32:
                return TryFixed(4, out _);
            case WireFormat.WireType.LengthDelimited:
                return TryBytes(out _);
            case WireFormat.WireType.StartGroup:
                return TryGroup(WireFormat.GetTagFieldNumber(tag), out _, depth);
            default:
                return false;
        }
    }

    /// <summary>The fields of a group whose start was read.</summary>
    internal bool TryGroup(int number, out ReadOnlySpan<byte> fields, int depth = 0)
    {
        fields = default;
        var start = At;
        while (depth < MaxDepth)
        {
            var end = At;
            if (!TryTag(out var tag))
                return false;
            if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.EndGroup)
            {
                fields = bytes[start..end];
                return WireFormat.GetTagFieldNumber(tag) == number;
            }
            if (!TrySkip(tag, depth + 1))
                return false;
        }
        return false;
    }

    /// <summary>The bytes from an offset to the next one to be read.</summary>
    internal readonly ReadOnlySpan<byte> Since(int start) => bytes[start..At];
}
