using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Engine.OpModel;

namespace Engine.Graphs;

/// <summary>Collects the inputs and attributes of a node; types and counts that follow from the inputs need not be given.</summary>
public sealed class NodeBuilder
{
    private readonly Graph graph;
    private readonly string op;
    private readonly string name;
    private readonly OpDefinition? definition;
    private readonly Dictionary<string, AttrValue> attrs = [];
    private readonly List<Value> inputs = [];
    private readonly List<Node> controls = [];
    private int argument;
    private string? device;

    internal NodeBuilder(Graph graph, string op, string name)
    {
        this.graph = graph;
        this.op = op;
        this.name = name;
        definition = graph.FindDefinition(op);
    }

    /// <summary>The next input argument.</summary>
    public NodeBuilder Input(Value value)
    {
        if (definition is not null && argument < definition.Inputs.Length)
        {
            var arg = definition.Inputs[argument];
            if (arg.NumberAttr.Length > 0 || arg.TypeListAttr.Length > 0)
                return Input([value]);
            if (arg.TypeAttr.Length > 0)
                attrs.TryAdd(arg.TypeAttr, AttrValue.Of(value.Type.Base()));
        }
        argument++;
        inputs.Add(value);
        return this;
    }

    /// <summary>The next input argument, a list.</summary>
    public NodeBuilder Input(IReadOnlyList<Value> values)
    {
        if (definition is not null && argument < definition.Inputs.Length)
        {
            var arg = definition.Inputs[argument];
            if (arg.TypeListAttr.Length > 0)
                attrs[arg.TypeListAttr] = AttrValue.ListOf([.. values.Select(v => AttrValue.Of(v.Type.Base()))]);
            if (arg.NumberAttr.Length > 0)
                attrs.TryAdd(arg.NumberAttr, AttrValue.Of((long)values.Count));
            if (arg.TypeAttr.Length > 0 && values.Count > 0)
                attrs.TryAdd(arg.TypeAttr, AttrValue.Of(values[0].Type.Base()));
        }
        argument++;
        inputs.AddRange(values);
        return this;
    }

    /// <summary>An attribute; null leaves it at its default.</summary>
    public NodeBuilder Attr(string attribute, AttrValue? value)
    {
        if (value is not null)
            attrs[attribute] = value;
        return this;
    }

    /// <summary>An integer attribute.</summary>
    public NodeBuilder Attr(string attribute, long value) => Attr(attribute, AttrValue.Of(value));

    /// <summary>A float attribute.</summary>
    public NodeBuilder Attr(string attribute, float value) => Attr(attribute, AttrValue.Of(value));

    /// <summary>A truth attribute.</summary>
    public NodeBuilder Attr(string attribute, bool value) => Attr(attribute, AttrValue.Of(value));

    /// <summary>A type attribute.</summary>
    public NodeBuilder Attr(string attribute, DType value) => Attr(attribute, AttrValue.Of(value));

    /// <summary>A string attribute.</summary>
    public NodeBuilder Attr(string attribute, string value) => Attr(attribute, AttrValue.Of(value));

    /// <summary>A shape attribute; null leaves it at its default. A collection expression is a list: write the type of a shape.</summary>
    [OverloadResolutionPriority(-1)]
    public NodeBuilder Attr(string attribute, PartialShape? value) => Attr(attribute, value is null ? null : AttrValue.Of(value));

    /// <summary>A tensor attribute, shared, not copied; null leaves it at its default.</summary>
    public NodeBuilder Attr(string attribute, Tensor? value) => Attr(attribute, value is null ? null : AttrValue.Of(value));

    /// <summary>A function attribute.</summary>
    public NodeBuilder Attr(string attribute, FunctionReference value) => Attr(attribute, AttrValue.Of(value));

    /// <summary>A list of integers; null leaves it at its default.</summary>
    public NodeBuilder Attr(string attribute, IReadOnlyList<long>? values) => List(attribute, values, AttrValue.Of);

    /// <summary>A list of floats; null leaves it at its default.</summary>
    public NodeBuilder Attr(string attribute, IReadOnlyList<float>? values) => List(attribute, values, AttrValue.Of);

    /// <summary>A list of element types; null leaves it at its default.</summary>
    public NodeBuilder Attr(string attribute, IReadOnlyList<DType>? values) => List(attribute, values, AttrValue.Of);

    /// <summary>A list of strings; null leaves it at its default.</summary>
    public NodeBuilder Attr(string attribute, IReadOnlyList<string>? values) => List(attribute, values, AttrValue.Of);

    /// <summary>A list of shapes; null leaves it at its default.</summary>
    public NodeBuilder Attr(string attribute, IReadOnlyList<PartialShape>? values) => List(attribute, values, AttrValue.Of);

    /// <summary>A list of functions; null leaves it at its default.</summary>
    public NodeBuilder Attr(string attribute, IReadOnlyList<FunctionReference>? values) => List(attribute, values, AttrValue.Of);

    /// <summary>Attributes of another node, as they are.</summary>
    public NodeBuilder Attrs(IReadOnlyDictionary<string, AttrValue> values)
    {
        foreach (var (k, v) in values)
            attrs[k] = v;
        return this;
    }

    /// <summary>A node that must run before.</summary>
    public NodeBuilder After(Node node)
    {
        controls.Add(node);
        return this;
    }

    /// <summary>The device.</summary>
    public NodeBuilder On(string onDevice)
    {
        device = onDevice;
        return this;
    }

    /// <summary>Adds the node to the graph.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when attributes are missing or inputs do not fit the op.</exception>
    public Node Build() => graph.Add(name, op, definition, attrs, inputs, controls, device);

    private NodeBuilder List<T>(string attribute, IReadOnlyList<T>? values, Func<T, AttrValue> convert)
        => Attr(attribute, values is null ? null : AttrValue.ListOf([.. values.Select(convert)]));
}
