namespace Engine.Ops.Strings.RegularExpressions;

/// <summary>A set of code points: sorted ranges that do not touch, and a bitmap for ASCII.</summary>
internal sealed class CodePointSet
{
    internal const int Max = 0x10FFFF;

    private readonly int[] starts;
    private readonly int[] ends;
    private readonly UInt128 ascii;

    private CodePointSet(List<(int Start, int End)> ranges)
    {
        ranges.Sort();
        var merged = new List<(int Start, int End)>();
        foreach (var (start, end) in ranges)
        {
            if (merged.Count > 0 && start <= merged[^1].End + 1)
                merged[^1] = (merged[^1].Start, Math.Max(merged[^1].End, end));
            else
                merged.Add((start, end));
        }
        starts = [.. merged.Select(r => r.Start)];
        ends = [.. merged.Select(r => r.End)];
        for (var c = 0; c < 128; c++)
        {
            if (Search(c))
                ascii |= UInt128.One << c;
        }
    }

    /// <summary>The ranges, in order.</summary>
    internal IEnumerable<(int Start, int End)> Ranges => starts.Zip(ends);

    /// <summary>The set of these ranges, which may overlap.</summary>
    internal static CodePointSet Of(params IEnumerable<(int Start, int End)> ranges) => new([.. ranges]);

    /// <summary>All code points that are not in the set.</summary>
    internal CodePointSet Negate()
    {
        var gaps = new List<(int, int)>();
        var next = 0;
        for (var i = 0; i < starts.Length; i++)
        {
            if (starts[i] > next)
                gaps.Add((next, starts[i] - 1));
            next = ends[i] + 1;
        }
        if (next <= Max)
            gaps.Add((next, Max));
        return new(gaps);
    }

    /// <summary>Whether a code point is in the set; -1, which stands for a byte that is not UTF-8, never is.</summary>
    internal bool Contains(int c) => (uint)c < 128 ? ((ascii >> c) & 1) != 0 : Search(c);

    private bool Search(int c)
    {
        var i = Array.BinarySearch(starts, c);
        return i >= 0 || (~i > 0 && c <= ends[~i - 1]);
    }
}
