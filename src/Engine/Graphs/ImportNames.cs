namespace Engine.Graphs;

/// <summary>The names that nodes of a <see cref="GraphDef"/> get in a graph that has others: under a scope, and unique as TensorFlow makes them.</summary>
internal sealed class ImportNames
{
    private const string Colocation = "loc:@";

    private readonly string scope;
    private readonly HashSet<string> existing = [];
    private readonly HashSet<string> own = [];
    private readonly Dictionary<string, string> names = [];
    private readonly Dictionary<string, Node> nodes = [];

    internal ImportNames(Graph graph, GraphDef def, string scope)
    {
        this.scope = scope;
        foreach (var node in graph.Nodes)
            AddWithScopes(existing, node.Name);
        foreach (var node in def.Nodes)
            AddWithScopes(own, scope + node.Name);
        foreach (var node in def.Nodes)
        {
            if (!names.TryAdd(node.Name, Unique(scope + node.Name)))
                throw EngineException.InvalidArgument($"Node '{node.Name}' is not unique");
        }
    }

    /// <summary>The name in the graph.</summary>
    internal string Of(string name) => names[name];

    /// <summary>The node that was made of the one of this name.</summary>
    internal Node? Find(string name) => nodes.GetValueOrDefault(name);

    internal void Add(string name, Node node) => nodes[name] = node;

    /// <summary>Attributes that speak of nodes, and of frames, which belong to their scope.</summary>
    internal IReadOnlyDictionary<string, AttrValue> Rename(NodeDef node, IReadOnlyDictionary<string, AttrValue> attrs)
    {
        Dictionary<string, AttrValue>? changed = null;
        if (attrs.TryGetValue("_class", out var classes) && classes is { Kind: AttrKind.List, ElementKind: AttrKind.String })
            Set("_class", AttrValue.ListOf([.. classes.AsList().Select(Colocated)]));
        if (scope.Length > 0 && node.Op is "Enter" or "RefEnter" && attrs.TryGetValue("frame_name", out var frame) && frame.Kind == AttrKind.String)
            Set("frame_name", AttrValue.Of(scope + frame.AsString()));
        return changed ?? attrs;

        void Set(string name, AttrValue value) => (changed ??= new(attrs))[name] = value;
    }

    private AttrValue Colocated(AttrValue value) => value.AsString() is var text && text.StartsWith(Colocation, StringComparison.Ordinal)
        ? AttrValue.Of(Colocation + names.GetValueOrDefault(text[Colocation.Length..], scope + text[Colocation.Length..]))
        : value;

    // A generated name is neither one of the graph nor one that another node brings along.
    private string Unique(string name)
    {
        if (!existing.Contains(name))
            return name;
        for (var i = 1; ; i++)
        {
            var candidate = $"{name}_{i}";
            if (!existing.Contains(candidate) && !own.Contains(candidate))
                return candidate;
        }
    }

    private static void AddWithScopes(HashSet<string> set, string name)
    {
        // Where a scope is known, so are those around it.
        for (var end = name.Length; end > 0 && set.Add(name[..end]); end = name.LastIndexOf('/', end - 1))
        {
        }
    }
}
