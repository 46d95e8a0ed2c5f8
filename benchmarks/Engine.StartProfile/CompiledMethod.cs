namespace Engine.StartProfile;

/// <summary>A method of the compiler's log.</summary>
/// <param name="Text">As it is logged.</param>
/// <param name="Owner">Its type.</param>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">The types that a generic method was compiled for; null where the log does not say.</param>
/// <param name="Parameters">How many parameters it has.</param>
internal sealed record CompiledMethod(string Text, TypeName Owner, string Name, IReadOnlyList<TypeName>? Arguments, int Parameters)
{
    private const string Start = "JIT compiled ";

    /// <summary>What it may be: the log has <c>int</c> in the place of an enumeration.</summary>
    internal IEnumerable<CompiledMethod> Readings
    {
        get
        {
            yield return this;
            if (!Owner.Mentions("int") && Arguments?.Any(a => a.Mentions("int")) is not true)
                yield break;
            foreach (var type in (string[])["Engine.DType", "Engine.Io.Protos.DataType"])
            {
                var reading = this with { Owner = Owner.Replace("int", type), Arguments = Arguments?.Select(a => a.Replace("int", type)).ToList() };
                yield return reading with { Text = $"{Text} with {type}" };
            }
        }
    }

    /// <summary>The method of a line, such as <c>1: JIT compiled N.T`1[int]:M[long](int) [Tier0, …]</c>; null for lines that have none, and for loops that are compiled when they run.</summary>
    internal static CompiledMethod? Parse(string line)
    {
        var at = line.IndexOf(Start, StringComparison.Ordinal);
        var end = line.LastIndexOf(" [", StringComparison.Ordinal);
        if (at < 0 || end < 0 || !line.AsSpan(end).Contains("Tier0", StringComparison.Ordinal))
            return null;
        var text = line[(at + Start.Length)..end];
        var open = text.IndexOf('(');
        var close = text.LastIndexOf(')');
        var colon = OutermostColon(text, open);
        if (open < 0 || close < open || colon < 0)
            return null;
        var name = text[(colon + 1)..open];
        var bracket = name.IndexOf('[');
        var arguments = bracket < 0 ? [] : TypeName.ParseList(name[(bracket + 1)..^1]);
        return new(text, TypeName.Parse(text[..colon]), bracket < 0 ? name : name[..bracket], arguments, TypeName.ParseList(text[(open + 1)..close]).Count);
    }

    private static int OutermostColon(string text, int end)
    {
        var depth = 0;
        for (var i = 0; i < end; i++)
        {
            depth += text[i] switch { '[' => 1, ']' => -1, _ => 0 };
            if (depth == 0 && text[i] == ':')
                return i;
        }
        return -1;
    }
}
