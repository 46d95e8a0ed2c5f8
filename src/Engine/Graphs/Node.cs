using Engine.OpModel;

namespace Engine.Graphs;

/// <summary>A node of a graph: an op with attributes, inputs and outputs. What it computes is its op's matter.</summary>
public sealed class Node
{
    private Value[] inputs;
    private readonly List<Node> controlInputs;
    private PartialShape[]? shapes;

    internal Node(Graph graph, string name, string op, OpDefinition? definition, NodeSignature? signature, IReadOnlyDictionary<string, AttrValue> attrs,
        Value[] inputs, List<Node> controlInputs, string device)
    {
        Graph = graph;
        Name = name;
        Op = op;
        Definition = definition;
        Signature = signature;
        Attrs = attrs;
        this.inputs = inputs;
        this.controlInputs = controlInputs;
        Device = device;
    }

    /// <summary>The graph it belongs to.</summary>
    public Graph Graph { get; }

    /// <summary>The name, unique in the graph.</summary>
    public string Name { get; }

    /// <summary>The op type, or the name of a function that is called.</summary>
    public string Op { get; }

    /// <summary>The definition of the op (or the signature of the function); null for an op nobody knows.</summary>
    public OpDefinition? Definition { get; }

    /// <summary>The attributes, completed with the defaults of the definition.</summary>
    public IReadOnlyDictionary<string, AttrValue> Attrs { get; }

    /// <summary>The requested device, or "". Kept, and otherwise ignored on this one-device engine.</summary>
    public string Device { get; }

    /// <summary>The data inputs in order.</summary>
    public IReadOnlyList<Value> Inputs => inputs;

    /// <summary>The nodes that must have run before.</summary>
    public IReadOnlyList<Node> ControlInputs => controlInputs;

    /// <summary>Types of the outputs; empty for an unknown op.</summary>
    public IReadOnlyList<DType> OutputTypes => Signature?.OutputTypes ?? [];

    /// <summary>Types that the op expects of its inputs.</summary>
    public IReadOnlyList<DType> InputTypes => Signature?.InputTypes ?? [];

    /// <summary>The original NodeDef, where the node was imported; holds what only export needs.</summary>
    public NodeDef? Source { get; internal init; }

    /// <summary>
    /// The key under which state that outlives a plan is kept in a session: the name in the graph, or function and name for a node of a function's body,
    /// so that all calls of a function share the state.
    /// </summary>
    internal string StateKey { get; init; } = "";

    /// <summary>Position in the order in which the graph's nodes were added.</summary>
    internal int Position { get; set; }

    internal NodeSignature? Signature { get; }

    /// <summary>Output <paramref name="index"/>.</summary>
    public Value this[int index] => new(this, index);

    /// <summary>The only tensor of the output argument <paramref name="name"/>, or the first of its list.</summary>
    public Value Output(string name) => new(this, OutputRange(name).Start.Value);

    /// <summary>The tensors of the output argument <paramref name="name"/>.</summary>
    public Value[] OutputList(string name)
    {
        var range = OutputRange(name);
        var values = new Value[range.End.Value - range.Start.Value];
        for (var i = 0; i < values.Length; i++)
            values[i] = new(this, range.Start.Value + i);
        return values;
    }

    /// <summary>What the op's shape function says of output <paramref name="index"/>; unknown when there is none.</summary>
    public PartialShape OutputShape(int index)
    {
        var known = shapes ?? ShapeInference.InferOnce(this);
        return index < known.Length ? known[index] : PartialShape.Unknown;
    }

    /// <summary>The attribute <paramref name="name"/>.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when there is none.</exception>
    public AttrValue Attr(string name) => Attrs.TryGetValue(name, out var v)
        ? v
        : throw EngineException.InvalidArgument($"NodeDef missing attr '{name}' from Op<name={Op}>; NodeDef: {Name}").At(Name, Op);

    /// <summary>Name and op.</summary>
    public override string ToString() => $"{Name} = {Op}({string.Join(", ", inputs.Select(v => v.ToString()).Concat(controlInputs.Select(c => "^" + c.Name)))})";

    internal ReadOnlySpan<Value> InputSpan => inputs;

    internal void SetInput(int index, Value value) => inputs[index] = value;

    internal void SetInputs(Value[] values) => inputs = values;

    internal void AddControlInput(Node node)
    {
        if (!controlInputs.Contains(node))
            controlInputs.Add(node);
    }

    internal bool HasShapes => shapes is not null;

    internal PartialShape[]? KnownShapes => shapes;

    internal void SetShapes(PartialShape[] inferred) => shapes = inferred;

    private Range OutputRange(string name) => Signature?.Output(name)
        ?? throw EngineException.InvalidArgument($"Op {Op} has no output '{name}'.").At(Name, Op);
}
