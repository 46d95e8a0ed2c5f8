using Engine.OpModel;

namespace Engine.Graphs;

/// <summary>Makes a node from a NodeDef, not yet connected: definition found, attributes checked and completed.</summary>
internal static class NodeImport
{
    internal static Node Create(Graph graph, NodeDef def, string name, IReadOnlyDictionary<string, AttrValue> attrs, string stateKey, int producer)
    {
        var definition = graph.FindDefinition(def.Op);
        NodeSignature? signature = null;
        if (definition is not null)
        {
            if (definition.DeprecatedAt is { } version && producer >= version)
                throw EngineException.Unimplemented($"Op {def.Op} is not available in GraphDef version {producer}. It has been removed in version {version}.").At(def.Name, def.Op);
            attrs = AttributeCompletion.Complete(def.Name, definition, attrs);
            signature = NodeSignature.Resolve(def.Name, definition, attrs);
        }
        return new Node(graph, name, def.Op, definition, signature, attrs, [], [], def.Device) { Source = def, StateKey = stateKey };
    }
}
