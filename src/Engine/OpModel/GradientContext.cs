using Engine.Graphs;

namespace Engine.OpModel;

/// <summary>What an op's gradient function sees: the forward node, and the gradients of its outputs. New nodes are added through it with the typed op-building methods.</summary>
public sealed class GradientContext : IGraphBuilder
{
    private readonly Graph graph;
    private readonly Gradient?[] outputGradients;

    internal GradientContext(Graph graph, Node node, Gradient?[] outputGradients)
    {
        this.graph = graph;
        Node = node;
        this.outputGradients = outputGradients;
    }

    /// <summary>The forward node.</summary>
    public Node Node { get; }

    /// <summary>The graph that is built.</summary>
    public Graph Graph => graph;

    /// <summary>Number of inputs of the forward node.</summary>
    public int InputCount => Node.Inputs.Count;

    /// <summary>Number of outputs of the forward node.</summary>
    public int OutputCount => Node.OutputTypes.Count;

    /// <summary>Input <paramref name="index"/> of the forward node.</summary>
    public Value Input(int index) => Node.Inputs[index];

    /// <summary>Output <paramref name="index"/> of the forward node.</summary>
    public Value Output(int index) => Node[index];

    /// <summary>The gradient of output <paramref name="index"/> as a dense tensor; zeros when none flows.</summary>
    public Value OutputGradient(int index) => outputGradients[index] is { } g
        ? Gradients.ToDense(this, g)
        : NewNode("ZerosLike").Input(Output(index)).Build()[0];

    /// <summary>The gradient of output <paramref name="index"/> as it came, perhaps IndexedSlices; null when none flows.</summary>
    public Gradient? OutputGradientOrNull(int index) => outputGradients[index];

    /// <summary>An attribute of the forward node.</summary>
    public AttrValue Attr(string name) => Node.Attr(name);

    /// <summary>The element type attribute <paramref name="name"/> of the forward node.</summary>
    public DType Type(string name) => Node.Attr(name).AsType();

    /// <inheritdoc/>
    public NodeBuilder NewNode(string op, string? name = null) => graph.NewNode(op, name);

    /// <summary>A constant.</summary>
    public Value Constant(Tensor value) => NewNode("Const").Attr("dtype", value.Type).Attr("value", AttrValue.Of(value)).Build()[0];

    /// <summary>A scalar constant of an element type.</summary>
    public Value Scalar(double value, DType type) => Constant(ScalarTensors.Make(value, type));

    /// <summary>
    /// A gradient that was computed in the broadcast shape, summed back to the shape of <paramref name="input"/> of the forward node.
    /// </summary>
    public Value SumToShapeOf(Value gradient, Value input)
    {
        if (input.Shape.IsFullyKnown && gradient.Shape.IsFullyKnown && input.Shape.Equals(gradient.Shape))
            return gradient;
        var shape = NewNode("Shape").Input(input).Build()[0];
        var gradientShape = NewNode("Shape").Input(gradient).Build()[0];
        var axes = NewNode("BroadcastGradientArgs").Input(shape).Input(gradientShape).Build()[0];
        var sum = NewNode("Sum").Input(gradient).Input(axes).Build()[0];
        return NewNode("Reshape").Input(sum).Input(shape).Build()[0];
    }

    /// <summary>The complex conjugate for complex types; other values as they are.</summary>
    public Value Conjugate(Value value) => value.Type.Base().IsComplex() ? NewNode("Conj").Input(value).Build()[0] : value;

    /// <summary>The error of an op without a gradient.</summary>
    public EngineException NotDifferentiable()
        => new EngineException(StatusCode.NotFound, $"No gradient defined for op: {Node.Op}.").At(Node.Name, Node.Op);
}
