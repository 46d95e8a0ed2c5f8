using Engine.Graphs;
using Engine.Io.Graphs;
using Engine.OpModel;

namespace Engine.Io.MetaGraphs;

/// <summary>Leaves out attributes whose value is the op's default, so that readers that do not know a new attribute can load the graph.</summary>
internal static class DefaultAttrs
{
    internal static void Strip(Graph graph, Protos.GraphDef def)
    {
        var defaults = new Dictionary<string, Dictionary<string, Protos.AttrValue>>();
        foreach (var node in def.Node.Concat((def.Library?.Function ?? []).SelectMany(f => f.NodeDef)))
        {
            if (!defaults.TryGetValue(node.Op, out var known))
                defaults[node.Op] = known = Defaults(graph, node.Op);
            foreach (var (name, value) in known)
            {
                if (node.Attr.TryGetValue(name, out var present) && IsSame(present, value))
                    node.Attr.Remove(name);
            }
        }
    }

    private static Dictionary<string, Protos.AttrValue> Defaults(Graph graph, string op)
        => (OpDefinitions.Find(op) ?? graph.Registry.Find(op)?.Definition) is { } definition
            ? definition.Attrs.Where(a => a.Default is not null).ToDictionary(a => a.Name, a => AttrExporter.Export(a.Default!))
            : [];

    // An empty list may be written as a list without elements or as no value at all.
    private static bool IsSame(Protos.AttrValue a, Protos.AttrValue b) => a.Equals(b) || (IsEmpty(a) && IsEmpty(b));

    private static bool IsEmpty(Protos.AttrValue value) => value.ValueCase is Protos.AttrValue.ValueOneofCase.None
        || (value.ValueCase is Protos.AttrValue.ValueOneofCase.List && value.List.CalculateSize() == 0);
}
