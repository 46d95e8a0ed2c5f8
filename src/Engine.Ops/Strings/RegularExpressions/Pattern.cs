using System.Collections.Concurrent;

namespace Engine.Ops.Strings.RegularExpressions;

/// <summary>
/// A regular expression with RE2's syntax and meaning, over bytes that are mostly UTF-8. Compiled once and kept; any number of threads may use it. Matching
/// takes time linear in the text.
/// </summary>
internal sealed class Pattern
{
    private const int CacheSize = 256;

    private static readonly ConcurrentDictionary<string, Pattern> Cache = new(StringComparer.Ordinal);

    private readonly Lazy<Program> search;
    private readonly Lazy<Program> whole;
    private readonly int groups;

    private Pattern(byte[] pattern)
    {
        var (root, count) = PatternParser.Parse(pattern);
        groups = count;
        search = new(() => new Program(root, count, isWhole: false));
        // Who asks for the whole text wants no groups: their places are not noted.
        whole = new(() => new Program(root, count, isWhole: true));
        _ = search.Value;
    }

    /// <summary>The pattern, compiled.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for a pattern that RE2 does not accept.</exception>
    internal static Pattern Of(byte[] pattern)
    {
        var key = Convert.ToHexString(pattern);
        if (Cache.TryGetValue(key, out var known))
            return known;
        var made = new Pattern(pattern);
        if (Cache.Count >= CacheSize)
            Cache.Clear();
        return Cache[key] = made;
    }

    /// <summary>Whether each text matches from its first byte to its last.</summary>
    internal void FullMatch(ReadOnlySpan<byte[]> texts, Span<bool> results)
    {
        var matcher = new Matcher(whole.Value);
        var captures = new int[whole.Value.Slots];
        for (var i = 0; i < texts.Length; i++)
            results[i] = matcher.Find(texts[i], 0, isAnchored: true, captures);
    }

    /// <summary>Replaces the first match in each text, or all, by a rewrite that may name groups (<c>\1</c>).</summary>
    internal void Replace(ReadOnlySpan<byte[]> texts, Rewrite rewrite, bool isGlobal, Span<byte[]> results)
    {
        var matcher = new Matcher(search.Value);
        var captures = new int[search.Value.Slots];
        var output = new List<byte>();
        for (var i = 0; i < texts.Length; i++)
        {
            results[i] = rewrite.MaxGroup > groups || (!isGlobal && !rewrite.IsValid) ? texts[i]
                : isGlobal ? ReplaceAll(matcher, captures, texts[i], rewrite, output)
                : ReplaceFirst(matcher, captures, texts[i], rewrite, output);
        }
    }

    private static byte[] ReplaceFirst(Matcher matcher, int[] captures, byte[] text, Rewrite rewrite, List<byte> output)
    {
        if (!matcher.Find(text, 0, isAnchored: false, captures))
            return text;
        output.Clear();
        output.AddRange(text.AsSpan(0, captures[0]));
        rewrite.Append(text, captures, output);
        output.AddRange(text.AsSpan(captures[1]));
        return [.. output];
    }

    private static byte[] ReplaceAll(Matcher matcher, int[] captures, byte[] text, Rewrite rewrite, List<byte> output)
    {
        output.Clear();
        var (at, lastEnd, count) = (0, -1, 0);
        while (at <= text.Length && matcher.Find(text, at, isAnchored: false, captures))
        {
            output.AddRange(text.AsSpan(at, captures[0] - at));
            at = captures[0];
            if (captures[1] == at && at == lastEnd)
            {
                // An empty match right behind the last match does not count: a character passes.
                if (at == text.Length)
                    break;
                var length = Utf8Decoder.Decode(text, at).Length;
                output.AddRange(text.AsSpan(at, length));
                at += length;
                continue;
            }
            rewrite.Append(text, captures, output);
            lastEnd = at = captures[1];
            count++;
        }
        if (count == 0)
            return text;
        if (at < text.Length)
            output.AddRange(text.AsSpan(at));
        return [.. output];
    }
}
