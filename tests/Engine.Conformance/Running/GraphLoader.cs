using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Conformance.Running;

/// <summary>Loads a case's graph, and says which ops it needs that are not there.</summary>
internal static class GraphLoader
{
    /// <summary>The graph, its "$DIR" constants resolved.</summary>
    /// <exception cref="EngineException">The graph is refused.</exception>
    internal static Graph Load(ReadOnlyMemory<byte> bytes, CaseFolder folder) => Graph.FromDef(Decode(bytes, folder));

    /// <summary>The contents of the graph's message, unchecked.</summary>
    internal static GraphDef Decode(ReadOnlyMemory<byte> bytes, CaseFolder folder)
    {
        var def = TensorFlowMessages.Graph(bytes);
        foreach (var node in def.Nodes.Concat(def.Functions.SelectMany(f => f.Nodes)))
        {
            if (node.Attrs.TryGetValue("value", out var value) && value.Kind == AttrKind.Tensor)
                folder.Resolve(value.AsTensor());
        }
        return def;
    }

    /// <summary>
    /// The op types among <paramref name="ops"/> and in the graph that are TensorFlow's and not registered. Functions of the graph's library are none, and what
    /// TensorFlow does not know either is the case's point.
    /// </summary>
    internal static IReadOnlyList<string> Missing(IEnumerable<string> ops, GraphDef? graph)
    {
        var functions = graph?.Functions.Select(f => f.Name).ToHashSet() ?? [];
        var nodes = graph?.Nodes.Concat(graph.Functions.SelectMany(f => f.Nodes)).Select(n => n.Op) ?? [];
        return [.. ops.Concat(nodes).Distinct().Order(StringComparer.Ordinal)
            .Where(op => !functions.Contains(op) && OpDefinitions.Find(op) is not null && OpRegistry.Default.Find(op) is null)];
    }
}
