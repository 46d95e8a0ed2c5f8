using System.Collections.Concurrent;
using System.Text;

namespace Engine.OpModel;

/// <summary>TensorFlow's op definitions, kept as text (one op a line, in ordinal order), found by bisection and parsed when asked for.</summary>
public static class OpDefinitions
{
    private static readonly byte[] Text = ReadText();
    private static readonly ConcurrentDictionary<string, OpDefinition> Parsed = new();

    /// <summary>All op types of the registry, in its order.</summary>
    public static IEnumerable<string> Names
    {
        get
        {
            for (var start = 0; start < Text.Length;)
            {
                var line = LineAt(start, start);
                yield return Encoding.ASCII.GetString(Text, start, Array.IndexOf(Text, (byte)'(', start) - start);
                start = line.End.Value + 1;
            }
        }
    }

    /// <summary>The definition of <paramref name="op"/>, or null when TensorFlow has no such op.</summary>
    public static OpDefinition? Find(string op)
    {
        if (Parsed.TryGetValue(op, out var known))
            return known;
        return FindLine(op) is { } line ? Parsed.GetOrAdd(op, OpDefinitionParser.Parse(line)) : null;
    }

    /// <summary>Whether TensorFlow has the op.</summary>
    public static bool Contains(string op) => Parsed.ContainsKey(op) || FindLine(op) is not null;

    private static byte[] ReadText()
    {
        using var stream = typeof(OpDefinitions).Assembly.GetManifestResourceStream("ops.txt")!;
        var text = new byte[stream.Length];
        stream.ReadExactly(text);
        return text;
    }

    private static string? FindLine(string op)
    {
        var (low, high) = (0, Text.Length);
        while (low < high)
        {
            var line = LineAt((low + high) / 2, low);
            var order = Compare(op, Text.AsSpan(line));
            if (order == 0)
                return Encoding.UTF8.GetString(Text.AsSpan(line));
            if (order < 0)
                high = line.Start.Value;
            else
                low = line.End.Value + 1;
        }
        return null;
    }

    // The line around a position; lines before low are not looked at.
    private static Range LineAt(int position, int low)
    {
        var start = low + Text.AsSpan(low, position - low).LastIndexOf((byte)'\n') + 1;
        var length = Text.AsSpan(position).IndexOf((byte)'\n');
        return start..(length < 0 ? Text.Length : position + length);
    }

    // The name of a line ends at its first parenthesis.
    private static int Compare(string op, ReadOnlySpan<byte> line)
    {
        for (var i = 0; ; i++)
        {
            if (line[i] == '(')
                return i == op.Length ? 0 : 1;
            if (i == op.Length || op[i] != line[i])
                return i == op.Length || op[i] < line[i] ? -1 : 1;
        }
    }
}
