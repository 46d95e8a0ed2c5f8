namespace Engine.Graphs;

/// <summary>Tensors of a graph that take the place of inputs of imported nodes.</summary>
internal sealed class ImportInputs
{
    private readonly Dictionary<(string Node, int Index), Value> data = [];
    private readonly Dictionary<string, Node> controls = [];
    private readonly HashSet<string> used = [];

    internal ImportInputs(Graph graph, IReadOnlyDictionary<string, Value> map)
    {
        foreach (var (name, value) in map)
        {
            if (value.Node.Graph != graph)
                throw EngineException.InvalidArgument($"Input '{name}' is mapped to {value.Name}, which belongs to another graph.");
            if (TensorName.IsControl(name))
                controls[name[1..]] = value.Node;
            else
                data[TensorName.Parse(name)] = value;
        }
    }

    /// <summary>What takes the place of an output.</summary>
    internal Value? Data(string node, int index)
    {
        if (!data.TryGetValue((node, index), out var value))
            return null;
        used.Add($"{node}:{index}");
        return value;
    }

    /// <summary>What takes the place of a control input, <c>^node</c>.</summary>
    internal Node? Control(string name)
    {
        if (!controls.TryGetValue(name[1..], out var node))
            return null;
        used.Add(name);
        return node;
    }

    /// <summary>That the file speaks of each name, at least as an output that nobody takes.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT, naming those it does not.</exception>
    internal void CheckAllFound(Func<string, Node?> find)
    {
        var missing = data.Keys.Where(k => !used.Contains($"{k.Node}:{k.Index}") && !(find(k.Node) is { } node && k.Index < node.OutputTypes.Count)).Select(k => $"{k.Node}:{k.Index}")
            .Concat(controls.Keys.Where(k => !used.Contains("^" + k) && find(k) is null).Select(k => "^" + k)).ToArray();
        if (missing.Length > 0)
            throw EngineException.InvalidArgument($"Attempted to map inputs that were not found in graph_def: [{string.Join(", ", missing)}]");
    }
}
