namespace Engine.StartProfile;

/// <summary>A type in the compiler's log.</summary>
/// <param name="Name">Namespace and name, with <c>+</c> before nested ones.</param>
/// <param name="Arguments">The types in its brackets.</param>
/// <param name="Arrays">How many times an array of it.</param>
internal sealed record TypeName(string Name, IReadOnlyList<TypeName> Arguments, int Arrays)
{
    internal static TypeName Parse(string text)
    {
        var arrays = 0;
        while (text.EndsWith("[]", StringComparison.Ordinal))
        {
            arrays++;
            text = text[..^2];
        }
        var open = text.IndexOf('[');
        return open < 0 ? new(text, [], arrays) : new(text[..open], ParseList(text[(open + 1)..^1]), arrays);
    }

    internal bool Mentions(string name) => Name == name || Arguments.Any(a => a.Mentions(name));

    /// <summary>The type with another one in the place of one of its arguments, or of itself.</summary>
    internal TypeName Replace(string name, string other) => this with { Name = Name == name ? other : Name, Arguments = [.. Arguments.Select(a => a.Replace(name, other))] };

    /// <summary>Types between commas.</summary>
    internal static List<TypeName> ParseList(string text)
    {
        var list = new List<TypeName>();
        var (depth, start) = (0, 0);
        for (var i = 0; i <= text.Length && text.Length > 0; i++)
        {
            if (i < text.Length && (text[i] != ',' || depth > 0))
            {
                depth += text[i] switch { '[' => 1, ']' => -1, _ => 0 };
                continue;
            }
            list.Add(Parse(text[start..i]));
            start = i + 1;
        }
        return list;
    }
}
