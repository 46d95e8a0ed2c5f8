namespace Engine.Io.Tables;

/// <summary>LEB128 integers: seven bits a byte, the low ones first.</summary>
internal static class Varint
{
    /// <summary>The longest one.</summary>
    internal const int MaxBytes = 10;

    /// <summary>Takes an integer of at most <paramref name="maxBytes"/> bytes (5 or 10) from the front of <paramref name="bytes"/>.</summary>
    internal static bool TryRead(ref ReadOnlySpan<byte> bytes, int maxBytes, out ulong value)
    {
        value = 0;
        for (var i = 0; i < maxBytes && i < bytes.Length; i++)
        {
            value |= (ulong)(bytes[i] & 0x7f) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return true;
            }
        }
        return false;
    }

    /// <summary>Writes an integer to the front of <paramref name="bytes"/>; returns how many it takes.</summary>
    internal static int Write(Span<byte> bytes, ulong value)
    {
        var i = 0;
        for (; value >= 0x80; value >>= 7)
            bytes[i++] = (byte)(value | 0x80);
        bytes[i++] = (byte)value;
        return i;
    }

    /// <summary>Writes an integer.</summary>
    internal static void Write(Stream stream, ulong value)
    {
        Span<byte> bytes = stackalloc byte[MaxBytes];
        stream.Write(bytes[..Write(bytes, value)]);
    }
}
