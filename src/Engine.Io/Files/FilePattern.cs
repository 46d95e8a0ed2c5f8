using System.Text;

namespace Engine.Io.Files;

/// <summary>
/// Files by pattern, part by part of the path: <c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>[^a]</c>, and <c>\</c> before a character that means itself. A path that
/// exists as it is written is found whatever it contains.
/// </summary>
internal static class FilePattern
{
    private const string Special = "*?[\\";

    /// <summary>The files and folders that match, in the order of their bytes.</summary>
    internal static List<string> Match(string pattern)
    {
        if (Path.Exists(pattern))
            return [pattern];
        if (pattern.AsSpan().IndexOfAny(Special) < 0)
            return [];
        var parts = pattern.Split('/');
        List<string> found = [parts[0].Length == 0 ? "/" : ""];
        for (var i = parts[0].Length == 0 ? 1 : 0; i < parts.Length; i++)
        {
            var part = parts[i];
            if (part.Length == 0)
                continue;
            found = [.. found.SelectMany(folder => Children(folder, part))];
        }
        found.Sort((a, b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)));
        return found;
    }

    /// <summary>Whether a name matches a pattern; neither contains a slash.</summary>
    internal static bool Matches(ReadOnlySpan<char> name, ReadOnlySpan<char> pattern)
    {
        // On a mismatch the last star takes one character more; earlier stars need no second try.
        var (n, p) = (0, 0);
        var (starName, starPattern) = (0, -1);
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (starName, starPattern) = (n, ++p);
                continue;
            }
            if (p < pattern.Length && MatchesOne(name[n], pattern[p..], out var used))
            {
                n++;
                p += used;
                continue;
            }
            if (starPattern < 0)
                return false;
            (n, p) = (++starName, starPattern);
        }
        return pattern[p..].Trim('*').IsEmpty;
    }

    private static bool MatchesOne(char c, ReadOnlySpan<char> pattern, out int used)
    {
        used = 1;
        switch (pattern[0])
        {
            case '?':
                return true;
            case '\\' when pattern.Length > 1:
                used = 2;
                return pattern[1] == c;
            case '[':
                var negated = pattern.Length > 1 && pattern[1] is '^' or '!';
                var start = negated ? 2 : 1;
                // A bracket that comes first means itself.
                var end = pattern.Length > start ? pattern[(start + 1)..].IndexOf(']') : -1;
                if (end < 0)
                    return c == '[';
                var set = pattern.Slice(start, end + 1);
                used = start + set.Length + 1;
                return Contains(set, c) != negated;
            default:
                return pattern[0] == c;
        }
    }

    private static bool Contains(ReadOnlySpan<char> set, char c)
    {
        for (var i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                if (c >= set[i] && c <= set[i + 2])
                    return true;
                i += 2;
            }
            else if (set[i] == c)
            {
                return true;
            }
        }
        return false;
    }

    private static IEnumerable<string> Children(string folder, string part)
    {
        if (part.AsSpan().IndexOfAny(Special) < 0)
        {
            var path = Path.Combine(folder, part);
            return Path.Exists(path) ? [path] : [];
        }
        if (!Directory.Exists(folder.Length == 0 ? "." : folder))
            return [];
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(folder.Length == 0 ? "." : folder).Select(e => Path.GetFileName(e)!)
                .Where(name => Matches(name, part)).Select(name => Path.Combine(folder, name))];
        }
        catch (Exception e) when (FileErrors.Convert(e, folder) is not null)
        {
            return [];
        }
    }
}
