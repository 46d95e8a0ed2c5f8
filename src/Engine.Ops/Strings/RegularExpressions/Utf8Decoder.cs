namespace Engine.Ops.Strings.RegularExpressions;

/// <summary>UTF-8 as RE2 reads it: surrogates pass, everything else that is not UTF-8 is one bad byte.</summary>
internal static class Utf8Decoder
{
    /// <summary>The code point at a position, and how many bytes it takes; (-1, 1) for a byte that is not UTF-8.</summary>
    internal static (int CodePoint, int Length) Decode(ReadOnlySpan<byte> text, int at)
    {
        int first = text[at];
        if (first < 0x80)
            return (first, 1);
        var length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (length == 0 || at + length > text.Length)
            return (-1, 1);
        var c = first & (0x7F >> length);
        for (var i = 1; i < length; i++)
        {
            if ((text[at + i] & 0xC0) != 0x80)
                return (-1, 1);
            c = (c << 6) | (text[at + i] & 0x3F);
        }
        return c < (length == 3 ? 0x800 : length == 4 ? 0x10000 : 0) || c > CodePointSet.Max ? (-1, 1) : (c, length);
    }
}
