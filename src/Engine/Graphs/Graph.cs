using Engine.OpModel;
using Engine.Variables;

namespace Engine.Graphs;

/// <summary>
/// A dataflow graph: nodes and the functions they may call. Nodes are added and never removed; running happens elsewhere. Adding nodes is not thread-safe;
/// running sessions meanwhile is.
/// </summary>
public sealed class Graph : IGraphBuilder
{
    private readonly Dictionary<string, Node> nodes = [];
    private readonly List<Node> order = [];
    private readonly Dictionary<string, int> taken = new(StringComparer.OrdinalIgnoreCase);
    private readonly Stack<string> scopes = new();
    private readonly Stack<string> devices = new();
    private readonly Stack<IReadOnlyList<Node>?> controls = new();

    /// <summary>An empty graph.</summary>
    /// <param name="registry">The ops it may use; all that are installed by default.</param>
    /// <param name="library">The functions it may call; none by default.</param>
    public Graph(OpRegistry? registry = null, FunctionLibrary? library = null)
    {
        Registry = registry ?? OpRegistry.Default;
        Library = library ?? new();
    }

    /// <summary>The ops.</summary>
    public OpRegistry Registry { get; }

    /// <summary>The functions.</summary>
    public FunctionLibrary Library { get; }

    /// <summary>Variables, tables, assets and whatever else belongs together, by key; travels with the graph in a MetaGraphDef.</summary>
    public GraphCollections Collections { get; } = new();

    /// <summary>The variables made by name, and the scopes they are made in.</summary>
    internal VariableStore VariableStore { get; } = new();

    /// <summary>All nodes, in the order they were added.</summary>
    public IReadOnlyList<Node> Nodes => order;

    /// <summary>Who wrote the graph, and who may read it.</summary>
    public GraphVersions Versions { get; internal set; } = new(GraphVersions.Current, 0, []);

    /// <summary>The seed of the graph, of which random ops without a seed of their own take part; null when there is none.</summary>
    public long? Seed { get; set; }

    /// <summary>The current name scope, ending in a slash; "" at the top.</summary>
    public string Scope => scopes.TryPeek(out var s) ? s : "";

    /// <summary>A graph from a file's contents, with TensorFlow's checks.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT, or UNIMPLEMENTED for removed ops.</exception>
    public static Graph FromDef(GraphDef def, OpRegistry? registry = null)
    {
        var graph = new Graph(registry);
        GraphImport.Import(graph, def);
        return graph;
    }

    /// <summary>
    /// Adds the nodes and functions of a file's contents, with TensorFlow's checks (<c>tf.import_graph_def</c>). A name that the graph has already becomes
    /// <c>name_1</c>. An error may leave the graph with some of the nodes.
    /// </summary>
    /// <param name="def">What is added.</param>
    /// <param name="scope">A scope of names to put it under, made unique; one that ends in a slash is taken as it is. None by default.</param>
    /// <param name="inputMap">
    /// Name in <paramref name="def"/> → the tensor of this graph that nodes get as an input in its place: <c>node</c>, <c>node:1</c>, or <c>^node</c> for the node
    /// that a control input waits for instead. The node itself may be missing.
    /// </param>
    /// <returns>Name in <paramref name="def"/> → node.</returns>
    /// <exception cref="EngineException">INVALID_ARGUMENT, or UNIMPLEMENTED for removed ops.</exception>
    public IReadOnlyDictionary<string, Node> Import(GraphDef def, string? scope = null, IReadOnlyDictionary<string, Value>? inputMap = null)
    {
        using var names = string.IsNullOrEmpty(scope) ? null : NameScope(scope);
        return GraphImport.Import(this, def, names is null ? "" : Scope, inputMap);
    }

    /// <summary>The node of this name, or null.</summary>
    public Node? Find(string name) => nodes.GetValueOrDefault(name);

    /// <summary>The node of this name.</summary>
    /// <exception cref="EngineException">NOT_FOUND.</exception>
    public Node NodeByName(string name) => Find(name) ?? throw EngineException.NotFound($"There is no node '{name}' in the graph.");

    /// <summary>The tensor of this name, <c>node:0</c> or <c>node</c> for output 0.</summary>
    /// <exception cref="EngineException">NOT_FOUND for an unknown node, INVALID_ARGUMENT for an output it does not have.</exception>
    public Value ValueByName(string name)
    {
        var (node, index) = TensorName.Parse(name);
        var found = NodeByName(node);
        if (index >= found.OutputTypes.Count && found.Signature is not null)
            throw EngineException.InvalidArgument($"Node '{node}' has {found.OutputTypes.Count} outputs; there is no '{name}'.");
        return found[index];
    }

    /// <inheritdoc/>
    /// <remarks>A name that ends in a slash is the node's full name, whatever the scope.</remarks>
    public NodeBuilder NewNode(string op, string? name = null)
        => new(this, op, name is { Length: > 1 } && name.EndsWith('/') ? name[..^1] : UniqueName(Checked(name ?? op)));

    /// <summary>Adds a node of any op, known or not.</summary>
    public Node AddNode(string op, IReadOnlyList<Value> inputs, IReadOnlyDictionary<string, AttrValue>? attrs = null, string? name = null)
    {
        var definition = FindDefinition(op);
        return Add(UniqueName(Checked(name ?? op)), op, definition, attrs ?? new Dictionary<string, AttrValue>(), inputs, [], null);
    }

    /// <summary>
    /// Prefixes the names of nodes added until it is disposed. Unique like a node's name; a name that ends in a slash enters that very scope again, and an
    /// empty one the top.
    /// </summary>
    public IDisposable NameScope(string name)
    {
        scopes.Push(name.Length == 0 || name.EndsWith('/') ? name : UniqueName(Checked(name)) + "/");
        return new Undo(() => scopes.Pop());
    }

    /// <summary>Sets the device of nodes added until it is disposed.</summary>
    public IDisposable Device(string name)
    {
        devices.Push(name);
        return new Undo(() => devices.Pop());
    }

    /// <summary>Nodes added until it is disposed run after these.</summary>
    public IDisposable ControlDependencies(params IReadOnlyList<Node> before)
    {
        controls.Push(before);
        return new Undo(() => controls.Pop());
    }

    /// <summary>Nodes added until it is disposed do not wait for those that <see cref="ControlDependencies"/> named.</summary>
    public IDisposable ClearControlDependencies()
    {
        controls.Push(null);
        return new Undo(() => controls.Pop());
    }

    /// <summary>The name a node gets that asks for <paramref name="name"/> now.</summary>
    public string UniqueName(string name)
    {
        var full = Scope + name;
        if (!taken.TryGetValue(full, out var n))
        {
            taken[full] = 1;
            return full;
        }
        string candidate;
        do
        {
            candidate = $"{full}_{n++}";
        }
        while (taken.ContainsKey(candidate));
        taken[full] = n;
        taken[candidate] = 1;
        return candidate;
    }

    internal OpDefinition? FindDefinition(string op) => OpDefinitions.Find(op) ?? Library.Find(op)?.Signature ?? Registry.Find(op)?.Definition;

    internal Node Add(string name, string op, OpDefinition? definition, IReadOnlyDictionary<string, AttrValue> attrs, IReadOnlyList<Value> inputs,
        List<Node> after, string? device)
    {
        foreach (var set in controls)
        {
            if (set is null)
                break;
            foreach (var c in set)
            {
                if (!after.Contains(c))
                    after.Add(c);
            }
        }
        NodeSignature? signature = null;
        if (definition is not null)
        {
            attrs = AttributeCompletion.Complete(name, definition, attrs);
            signature = NodeSignature.Resolve(name, definition, attrs);
        }
        var node = new Node(this, name, op, definition, signature, attrs, [.. inputs], after, device ?? (devices.TryPeek(out var d) ? d : ""))
        {
            StateKey = name,
        };
        CheckInputs(node);
        Register(node);
        return node;
    }

    internal void Register(Node node)
    {
        if (!nodes.TryAdd(node.Name, node))
            throw EngineException.InvalidArgument($"Node '{node.Name}' is not unique");
        taken.TryAdd(node.Name, 1);
        node.Position = order.Count;
        order.Add(node);
    }

    /// <summary>Checks number and types of a node's inputs against its signature.</summary>
    internal static void CheckInputs(Node node)
    {
        if (node.Signature is not { } signature)
            return;
        var expected = signature.InputTypes;
        if (expected.Length != node.Inputs.Count)
        {
            throw EngineException.InvalidArgument($"NodeDef expected inputs '{string.Join(", ", expected.Select(t => t.Name()))}' do not match {node.Inputs.Count} inputs specified; Op<name={node.Op}>")
                .At(node.Name, node.Op);
        }
        for (var i = 0; i < expected.Length; i++)
        {
            var source = node.Inputs[i];
            if (source.Node.Signature is null)
                continue;
            var type = source.Type;
            if (expected[i].IsRef() ? type != expected[i] : type.Base() != expected[i])
                throw EngineException.InvalidArgument($"Input {i} of node {node.Name} was passed {type.Name()} from {source.Name} incompatible with expected {expected[i].Name()}.").At(node.Name, node.Op);
        }
    }

    private string Checked(string name) => TensorName.IsValidNode(Scope + name)
        ? name
        : throw EngineException.InvalidArgument($"'{Scope + name}' is not a valid node name.");

    private sealed class Undo(Action action) : IDisposable
    {
        private Action? action = action;

        public void Dispose() => Interlocked.Exchange(ref action, null)?.Invoke();
    }
}
