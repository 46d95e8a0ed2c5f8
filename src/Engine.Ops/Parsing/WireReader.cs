using System.Buffers.Binary;

namespace Engine.Ops.Parsing;

/// <summary>Reads protobuf's wire format from a part of an array; every read says whether the bytes were there.</summary>
internal struct WireReader(byte[] bytes, int start, int end)
{
    private int at = start;

    /// <summary>Whether all bytes were read.</summary>
    internal readonly bool IsAtEnd => at >= end;

    /// <summary>Bytes not read yet.</summary>
    internal readonly int Remaining => end - at;

    /// <summary>The next byte, 0 at the end.</summary>
    internal readonly byte Peek => at < end ? bytes[at] : (byte)0;

    /// <summary>The tag of a length-delimited field below 16, one byte.</summary>
    internal static byte Delimited(int field) => (byte)(field << 3 | 2);

    /// <summary>Passes a one-byte tag if it is next.</summary>
    internal bool TryTag(byte tag)
    {
        if (at >= end || bytes[at] != tag)
            return false;
        at++;
        return true;
    }

    /// <summary>A number of up to ten bytes.</summary>
    internal bool TryVarint(out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (at >= end)
                return false;
            var b = bytes[at++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
                return true;
        }
        return false;
    }

    /// <summary>The part of a length-delimited field, whose length comes next.</summary>
    /// <param name="part">A reader of the part.</param>
    /// <param name="clamp">Whether a part that is longer than what is left is cut rather than refused.</param>
    internal bool TryPart(out WireReader part, bool clamp = false)
    {
        part = default;
        if (!TryVarint(out var length))
            return false;
        length = (uint)length;
        if (length > (ulong)Remaining)
        {
            if (!clamp)
                return false;
            length = (ulong)Remaining;
        }
        part = new WireReader(bytes, at, at + (int)length);
        at += (int)length;
        return true;
    }

    /// <summary>A 32-bit float.</summary>
    internal bool TryFloat(out float value)
    {
        value = 0;
        if (Remaining < 4)
            return false;
        value = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(at));
        at += 4;
        return true;
    }

    /// <summary>Passes a field of any kind but a group.</summary>
    internal bool TrySkipField()
    {
        if (!TryVarint(out var tag))
            return false;
        switch (tag & 7)
        {
            case 0: return TryVarint(out _);
            case 1: return TrySkip(8);
            case 2: return TryPart(out _, clamp: false);
            case 5: return TrySkip(4);
            default: return false;
        }
    }

    /// <summary>The next field by protobuf's rules: its number and its part if it is length-delimited; number 0 for one that is passed.</summary>
    internal bool TryField(out uint number, out WireReader part)
    {
        number = 0;
        part = default;
        if (!TryVarint(out var tag) || tag > uint.MaxValue || tag < 8)
            return false;
        if ((tag & 7) != 2)
            return TrySkip((uint)tag, 0);
        number = (uint)(tag >> 3);
        return TryPart(out part);
    }

    /// <summary>The bytes not read yet.</summary>
    internal readonly ReadOnlySpan<byte> Span => bytes.AsSpan(at, end - at);

    private bool TrySkip(uint tag, int depth)
    {
        const int maxDepth = 100, startGroup = 3, endGroup = 4;
        switch (tag & 7)
        {
            case 0: return TryVarint(out _);
            case 1: return TrySkip(8);
            case 2: return TryPart(out _);
            case 5: return TrySkip(4);
            case startGroup when depth < maxDepth:
                while (TryVarint(out var inner) && inner is >= 8 and <= uint.MaxValue)
                {
                    if ((inner & 7) == endGroup)
                        return inner >> 3 == tag >> 3;
                    if (!TrySkip((uint)inner, depth + 1))
                        return false;
                }
                return false;
            default: return false;
        }
    }

    private bool TrySkip(int count)
    {
        if (Remaining < count)
            return false;
        at += count;
        return true;
    }
}
