namespace Engine.Ops.Strings.RegularExpressions;

/// <summary>Ranges of code points as sequences of byte ranges.</summary>
internal static class Utf8Ranges
{
    /// <summary>The first byte of a code point.</summary>
    internal static int FirstByte(int c) => c < 0x80 ? c : c < 0x800 ? 0xC0 | (c >> 6) : c < 0x10000 ? 0xE0 | (c >> 12) : 0xF0 | (c >> 18);

    /// <summary>The sequences whose byte ranges, taken together, are the encodings of the code points from start to end.</summary>
    internal static IEnumerable<(int Low, int High)[]> Split(int start, int end)
    {
        var pending = new Stack<(int Start, int End)>([(start, end)]);
        while (pending.TryPop(out var range))
        {
            if (TryCut(range.Start, range.End, out var middle))
            {
                pending.Push((middle + 1, range.End));
                pending.Push((range.Start, middle));
                continue;
            }
            var (low, high) = (Encode(range.Start), Encode(range.End));
            yield return [.. low.Zip(high)];
        }
    }

    /// <summary>Where to cut so that each part has encodings of one length that differ in whole trailing bytes.</summary>
    private static bool TryCut(int start, int end, out int middle)
    {
        foreach (var limit in (ReadOnlySpan<int>)[0x7F, 0x7FF, 0xFFFF])
        {
            middle = limit;
            if (start <= limit && end > limit)
                return true;
        }
        for (var bits = 6; bits <= 18; bits += 6)
        {
            var mask = (1 << bits) - 1;
            if ((start & ~mask) == (end & ~mask) || end < 0x80)
                continue;
            middle = start | mask;
            if ((start & mask) != 0)
                return true;
            middle = (end & ~mask) - 1;
            if ((end & mask) != mask)
                return true;
        }
        middle = 0;
        return false;
    }

    private static int[] Encode(int c) => c switch
    {
        < 0x80 => [c],
        < 0x800 => [0xC0 | (c >> 6), 0x80 | (c & 0x3F)],
        < 0x10000 => [0xE0 | (c >> 12), 0x80 | ((c >> 6) & 0x3F), 0x80 | (c & 0x3F)],
        _ => [0xF0 | (c >> 18), 0x80 | ((c >> 12) & 0x3F), 0x80 | ((c >> 6) & 0x3F), 0x80 | (c & 0x3F)],
    };
}
