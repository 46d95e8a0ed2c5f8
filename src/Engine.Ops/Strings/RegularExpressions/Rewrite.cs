namespace Engine.Ops.Strings.RegularExpressions;

/// <summary>What replaces a match: bytes, and groups named <c>\0</c> to <c>\9</c>; <c>\\</c> is a backslash.</summary>
internal sealed class Rewrite
{
    private readonly List<(byte[] Literal, int Group)> parts = [];

    internal Rewrite(byte[] text)
    {
        var literal = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                literal.Add(text[i]);
                continue;
            }
            if (++i < text.Length && text[i] == '\\')
            {
                literal.Add((byte)'\\');
                continue;
            }
            if (i >= text.Length || !char.IsAsciiDigit((char)text[i]))
            {
                // RE2 writes a message and keeps what came before.
                IsValid = false;
                break;
            }
            parts.Add(([.. literal], text[i] - '0'));
            literal.Clear();
        }
        parts.Add(([.. literal], -1));
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
                if (char.IsAsciiDigit((char)text[i]))
                    MaxGroup = Math.Max(MaxGroup, text[i] - '0');
            }
        }
    }

    /// <summary>Whether every backslash is followed by a digit or a backslash.</summary>
    internal bool IsValid { get; } = true;

    /// <summary>The largest group asked for.</summary>
    internal int MaxGroup { get; }

    /// <summary>Appends the rewrite of a match.</summary>
    internal void Append(byte[] text, int[] captures, List<byte> output)
    {
        foreach (var (literal, group) in parts)
        {
            output.AddRange(literal);
            if (group >= 0 && captures[2 * group] >= 0)
                output.AddRange(text.AsSpan(captures[2 * group], captures[2 * group + 1] - captures[2 * group]));
        }
    }
}
