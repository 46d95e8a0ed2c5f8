using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Io.Freezing;

/// <summary>How the outputs of a node are called: <c>node:1</c> in a graph, <c>node:out_arg:0</c> in a function.</summary>
internal sealed class OutputNames(Graph graph, Func<string, OpDefinition?> functions, bool inFunction)
{
    /// <summary>The one name that stands for a tensor, of the several an input may use.</summary>
    internal string Canonical(string input)
    {
        if (!inFunction)
            return input.Contains(':', StringComparison.Ordinal) ? input : input + ":0";
        // An argument is "x" or "x:0"; a node's output always has two colons.
        return input.Count(':') == 1 && input.EndsWith(":0", StringComparison.Ordinal) ? input[..^2] : input;
    }

    /// <summary>The names of all outputs.</summary>
    internal string[] Of(NodeDef node)
    {
        var definition = OpDefinitions.Find(node.Op) ?? functions(node.Op) ?? graph.Registry.Find(node.Op)?.Definition;
        if (definition is null)
            return [];
        var names = new List<string>();
        foreach (var output in definition.Outputs)
        {
            var count = output.TypeListAttr.Length > 0 ? Length(node, definition, output.TypeListAttr)
                : output.NumberAttr.Length > 0 ? (int)Value(node, definition, output.NumberAttr).AsInt()
                : 1;
            for (var i = 0; i < count; i++)
                names.Add(inFunction ? $"{node.Name}:{output.Name}:{i}" : $"{node.Name}:{names.Count}");
        }
        return [.. names];
    }

    private static int Length(NodeDef node, OpDefinition definition, string attr) => Value(node, definition, attr) is { Kind: AttrKind.List } list ? list.AsList().Length : 0;

    private static AttrValue Value(NodeDef node, OpDefinition definition, string attr)
        => node.Attrs.TryGetValue(attr, out var value) ? value : definition.Attr(attr)?.Default ?? AttrValue.List(ReadOnlySpan<long>.Empty);
}
