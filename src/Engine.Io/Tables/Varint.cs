namespace Engine.Io.Tables;

/// <summary>LEB128 integers: seven bits a byte, the low ones first.</summary>
internal static class Varint
{
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

    /// <summary>Writes a number, seven bits a byte, the low ones first.</summary>
    internal static void Write(Stream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            stream.WriteByte((byte)(value | 0x80));
        stream.WriteByte((byte)value);
    }
}
