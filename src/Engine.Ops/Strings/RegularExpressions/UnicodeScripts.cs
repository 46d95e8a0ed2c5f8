using System.Globalization;

namespace Engine.Ops.Strings.RegularExpressions;

/// <summary>The scripts of Unicode 13, from <c>UnicodeScripts.txt</c>: a line has ICU's number of a script, its name, and its code points in hexadecimal.</summary>
internal static class UnicodeScripts
{
    /// <summary>ICU's number for "no script is known".</summary>
    internal const int Unknown = 103;

    private static readonly Lazy<(Dictionary<string, List<(int, int)>> ByName, int[] Starts, int[] Ends, int[] Codes)> Table = new(Read);

    /// <summary>The ranges of a script, or null.</summary>
    internal static IEnumerable<(int Start, int End)>? Find(string name) => Table.Value.ByName.GetValueOrDefault(name);

    /// <summary>ICU's number of the script of a code point.</summary>
    internal static int Of(int codePoint)
    {
        var (_, starts, ends, codes) = Table.Value;
        var i = Array.BinarySearch(starts, codePoint);
        if (i < 0)
            i = ~i - 1;
        return i >= 0 && codePoint <= ends[i] ? codes[i] : Unknown;
    }

    private static (Dictionary<string, List<(int, int)>>, int[], int[], int[]) Read()
    {
        var names = new Dictionary<string, List<(int, int)>>(StringComparer.Ordinal);
        var all = new List<(int Start, int End, int Code)>();
        using var reader = new StreamReader(typeof(UnicodeScripts).Assembly.GetManifestResourceStream("Engine.Ops.UnicodeScripts.txt")!);
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(' ');
            var ranges = new List<(int, int)>();
            foreach (var range in fields.Skip(2))
            {
                var dash = range.IndexOf('-', StringComparison.Ordinal);
                var start = int.Parse(range.AsSpan(0, dash < 0 ? range.Length : dash), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                var end = dash < 0 ? start : int.Parse(range.AsSpan(dash + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                ranges.Add((start, end));
                all.Add((start, end, int.Parse(fields[0], CultureInfo.InvariantCulture)));
            }
            names[fields[1]] = ranges;
        }
        all.Sort();
        return (names, [.. all.Select(r => r.Start)], [.. all.Select(r => r.End)], [.. all.Select(r => r.Code)]);
    }
}
