using System.Globalization;
using Engine.OpModel;

namespace Engine.Graphs;

/// <summary>
/// Turns a <see cref="GraphDef"/> into nodes of a graph: names, inputs, attributes, versions and cycles are checked, with TensorFlow's errors. Names that the
/// graph has already are made unique.
/// </summary>
internal sealed class GraphImport
{
    /// <summary>From this producer on, a placeholder's shape [] means a scalar; before, it meant an unknown shape.</summary>
    private const int ScalarPlaceholderVersion = 24;

    private readonly Graph graph;
    private readonly GraphDef def;
    private readonly int start;
    private readonly ImportNames? names;
    private readonly ImportInputs? mapped;

    private GraphImport(Graph graph, GraphDef def, string scope, IReadOnlyDictionary<string, Value>? inputMap)
    {
        this.graph = graph;
        this.def = def;
        start = graph.Nodes.Count;
        // A graph that begins with these nodes takes their names as they are.
        names = start > 0 || scope.Length > 0 ? new(graph, def, scope) : null;
        mapped = inputMap is { Count: > 0 } ? new(graph, inputMap) : null;
    }

    /// <param name="graph">The graph.</param>
    /// <param name="def">What is added to it.</param>
    /// <param name="scope">The scope of the nodes, ending in a slash; "" at the top.</param>
    /// <param name="inputMap">Tensor of <paramref name="def"/>, or <c>^node</c> → the tensor of the graph that takes its place as an input.</param>
    /// <returns>Name in <paramref name="def"/> → node.</returns>
    internal static IReadOnlyDictionary<string, Node> Import(Graph graph, GraphDef def, string scope, IReadOnlyDictionary<string, Value>? inputMap)
    {
        var import = new GraphImport(graph, def, scope, inputMap);
        import.Run();
        return def.Nodes.ToDictionary(n => n.Name, n => import.Find(n.Name)!);
    }

    /// <summary>The only content of a graph.</summary>
    internal static void Import(Graph graph, GraphDef def) => new GraphImport(graph, def, "", null).Run();

    private void Run()
    {
        CheckVersions(def.Versions);
        graph.Versions = start == 0 ? def.Versions : graph.Versions with
        {
            Producer = Math.Min(graph.Versions.Producer, def.Versions.Producer),
            MinConsumer = Math.Max(graph.Versions.MinConsumer, def.Versions.MinConsumer),
        };
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
            var name = names?.Of(node.Name) ?? node.Name;
            var attrs = Attrs(node, def.Versions.Producer);
            var created = NodeImport.Create(graph, node, name, names?.Rename(node, attrs) ?? attrs, name, def.Versions.Producer);
            graph.Register(created);
            names?.Add(node.Name, created);
        }
        foreach (var node in def.Nodes)
            Connect(node);
        mapped?.CheckAllFound(Find);
        CheckColocation();
        CheckCycles();
    }

    private Node? Find(string name) => names is null ? graph.Find(name) : names.Find(name);

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

    private void Connect(NodeDef def)
    {
        var node = Find(def.Name)!;
        var inputs = new Value[def.Inputs.Count];
        var count = 0;
        foreach (var name in def.Inputs)
        {
            if (TensorName.IsControl(name))
            {
                node.AddControlInput(mapped?.Control(name) ?? Find(name[1..]) ?? throw Unknown(name));
                continue;
            }
            if (node.ControlInputs.Count > 0)
                throw EngineException.InvalidArgument($"Node '{def.Name}': Control dependencies must come after regular dependencies").At(def.Name, def.Op);
            var (source, index) = TensorName.Parse(name);
            if (mapped?.Data(source, index) is { } replacement)
            {
                inputs[count++] = replacement;
                continue;
            }
            var producer = Find(source) ?? throw Unknown(name);
            if (producer.Signature is not null && index >= producer.OutputTypes.Count)
                throw EngineException.InvalidArgument($"Node '{def.Name}': Connecting to invalid output {index} of source node {source} which has {producer.OutputTypes.Count} outputs.").At(def.Name, def.Op);
            inputs[count++] = producer[index];
        }
        node.SetInputs(count == inputs.Length ? inputs : inputs[..count]);
        Graph.CheckInputs(node);

        EngineException Unknown(string name) => EngineException.InvalidArgument($"Node '{def.Name}': Unknown input node '{name}'").At(def.Name, def.Op);
    }

    private void CheckColocation()
    {
        for (var i = start; i < graph.Nodes.Count; i++)
        {
            var node = graph.Nodes[i];
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

    // Loops close over NextIteration alone. Nodes that were there before take nothing from the new ones.
    private void CheckCycles()
    {
        var pending = new Dictionary<Node, int>();
        var users = new Dictionary<Node, List<Node>>();
        var ready = new Queue<Node>();
        for (var i = start; i < graph.Nodes.Count; i++)
        {
            var node = graph.Nodes[i];
            var count = 0;
            foreach (var source in node.Inputs.Select(v => v.Node).Concat(node.ControlInputs))
            {
                if (source.Op is "NextIteration" or "RefNextIteration" || source.Position < start)
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
        if (done < graph.Nodes.Count - start)
            throw EngineException.InvalidArgument(string.Create(CultureInfo.InvariantCulture, $"{graph.Nodes.Count - start - done} nodes in a cycle"));
    }
}
