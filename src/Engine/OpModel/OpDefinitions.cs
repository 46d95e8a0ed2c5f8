using System.Collections.Concurrent;
using System.Text;

namespace Engine.OpModel;

/// <summary>TensorFlow's op definitions, kept as text (one op a line) and parsed when asked for.</summary>
public static class OpDefinitions
{
    private static readonly Lazy<Dictionary<string, Range>> Lines = new(FindLines);
    private static readonly Lazy<string> Text = new(ReadText);
    private static readonly ConcurrentDictionary<string, OpDefinition> Parsed = new();

    /// <summary>All op types of the registry, in its order.</summary>
    public static IEnumerable<string> Names => Lines.Value.Keys;

    /// <summary>The definition of <paramref name="op"/>, or null when TensorFlow has no such op.</summary>
    public static OpDefinition? Find(string op)
    {
        if (Parsed.TryGetValue(op, out var known))
            return known;
        return Lines.Value.TryGetValue(op, out var line) ? Parsed.GetOrAdd(op, OpDefinitionParser.Parse(Text.Value[line])) : null;
    }

    private static string ReadText()
    {
        using var stream = typeof(OpDefinitions).Assembly.GetManifestResourceStream("ops.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static Dictionary<string, Range> FindLines()
    {
        var text = Text.Value;
        var lines = new Dictionary<string, Range>(2048);
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            if (end < 0)
                end = text.Length;
            var open = text.IndexOf('(', start, end - start);
            if (open > start)
                lines.Add(text[start..open], start..end);
            start = end + 1;
        }
        return lines;
    }
}
