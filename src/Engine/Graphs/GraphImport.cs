using System.Globalization;
using Engine.OpModel;

namespace Engine.Graphs;

/// <summary>Turns a <see cref="GraphDef"/> into nodes: names, inputs, attributes, versions and cycles are checked, with TensorFlow's errors.</summary>
internal static class GraphImport
{
    /// <summary>From this producer on, a placeholder's shape [] means a scalar; before, it meant an unknown shape.</summary>
    private const int ScalarPlaceholderVersion = 24;

    internal static void Import(Graph graph, GraphDef def)
    {
        CheckVersions(def.Versions);
        graph.Versions = def.Versions;
        foreach (var f in def.Functions)
            graph.Library.Add(f);
        foreach (var (function, gradient) in def.Gradients)
            graph.Library.AddGradient(function, gradient);
        foreach (var (type, gradient) in def.RegisteredGradients)
            graph.Library.RegisterGradient(type, gradient);

        foreach (var node in def.Nodes)
        {
            if (!TensorName.IsValidNode(node.Name))
                throw EngineException.InvalidArgument($"Node '{node.Name}': Node name contains invalid characters");
            DeviceName.Check(node.Device, node.Name, node.Op);
            graph.Register(NodeImport.Create(graph, node, node.Name, Attrs(node, def.Versions.Producer), node.Name, def.Versions.Producer));
        }
        foreach (var node in def.Nodes)
            Connect(graph, node);
        CheckColocation(graph);
        CheckCycles(graph);
    }

    private static IReadOnlyDictionary<string, AttrValue> Attrs(NodeDef node, int producer)
    {
        if (producer >= ScalarPlaceholderVersion || node.Op != "Placeholder" || !node.Attrs.TryGetValue("shape", out var shape)
            || shape.Kind != AttrKind.Shape || shape.AsShape().Rank != 0)
            return node.Attrs;
        return new Dictionary<string, AttrValue>(node.Attrs) { ["shape"] = AttrValue.Of(PartialShape.Unknown) };
    }

    private static void CheckVersions(GraphVersions versions)
    {
        if (versions.MinConsumer > GraphVersions.Current)
            throw EngineException.InvalidArgument($"GraphDef min consumer version {versions.MinConsumer} above current version {GraphVersions.Current}.");
        if (versions.BadConsumers.Contains(GraphVersions.Current))
            throw EngineException.InvalidArgument($"GraphDef disallows consumer version {GraphVersions.Current}.");
        if (versions.Producer < 0)
            throw EngineException.InvalidArgument($"GraphDef producer version {versions.Producer} below min producer 0 supported.");
    }

    private static void Connect(Graph graph, NodeDef def)
    {
        var node = graph.Find(def.Name)!;
        var inputs = new Value[def.Inputs.Count];
        var count = 0;
        foreach (var name in def.Inputs)
        {
            if (TensorName.IsControl(name))
            {
                node.AddControlInput(graph.Find(name[1..]) ?? throw Unknown(name));
                continue;
            }
            if (node.ControlInputs.Count > 0)
                throw EngineException.InvalidArgument($"Node '{def.Name}': Control dependencies must come after regular dependencies").At(def.Name, def.Op);
            var (source, index) = TensorName.Parse(name);
            var producer = graph.Find(source) ?? throw Unknown(name);
            if (producer.Signature is not null && index >= producer.OutputTypes.Count)
                throw EngineException.InvalidArgument($"Node '{def.Name}': Connecting to invalid output {index} of source node {source} which has {producer.OutputTypes.Count} outputs.").At(def.Name, def.Op);
            inputs[count++] = producer[index];
        }
        node.SetInputs(count == inputs.Length ? inputs : inputs[..count]);
        Graph.CheckInputs(node);

        EngineException Unknown(string name) => EngineException.InvalidArgument($"Node '{def.Name}': Unknown input node '{name}'").At(def.Name, def.Op);
    }

    private static void CheckColocation(Graph graph)
    {
        foreach (var node in graph.Nodes)
        {
            if (!node.Attrs.TryGetValue("_class", out var classes) || classes.Kind != AttrKind.List || classes.ElementKind != AttrKind.String)
                continue;
            foreach (var c in classes.AsList())
            {
                var text = c.AsString();
                if (text.StartsWith("loc:@", StringComparison.Ordinal) && graph.Find(text[5..]) is null)
                    throw EngineException.InvalidArgument($"Node '{node.Name}' expects to be colocated with unknown node '{text[5..]}'").At(node.Name, node.Op);
            }
        }
    }

    // Loops close over NextIteration alone.
    private static void CheckCycles(Graph graph)
    {
        var pending = new Dictionary<Node, int>();
        var users = new Dictionary<Node, List<Node>>();
        var ready = new Queue<Node>();
        foreach (var node in graph.Nodes)
        {
            var count = 0;
            foreach (var source in node.Inputs.Select(v => v.Node).Concat(node.ControlInputs))
            {
                if (source.Op is "NextIteration" or "RefNextIteration")
                    continue;
                count++;
                if (!users.TryGetValue(source, out var list))
                    users[source] = list = [];
                list.Add(node);
            }
            pending[node] = count;
            if (count == 0)
                ready.Enqueue(node);
        }
        var done = 0;
        while (ready.TryDequeue(out var node))
        {
            done++;
            foreach (var user in users.GetValueOrDefault(node) ?? [])
            {
                if (--pending[user] == 0)
                    ready.Enqueue(user);
            }
        }
        if (done < graph.Nodes.Count)
            throw EngineException.InvalidArgument(string.Create(CultureInfo.InvariantCulture, $"{graph.Nodes.Count - done} nodes in a cycle"));
    }
}
