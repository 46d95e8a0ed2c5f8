namespace Engine.Graphs;

/// <summary>An output of a node: what flows along an edge of the graph.</summary>
/// <param name="Node">The node that makes it.</param>
/// <param name="Index">Which of the node's outputs.</param>
public readonly record struct Value(Node Node, int Index)
{
    /// <summary>TensorFlow's tensor name, <c>node:0</c>.</summary>
    public string Name => $"{Node.Name}:{Index}";

    /// <summary>The element type; a reference type for the output of a TF 1 variable.</summary>
    public DType Type => Node.OutputTypes[Index];

    /// <summary>What the graph says about the shape.</summary>
    public PartialShape Shape => Node.OutputShape(Index);

    /// <summary>Number of dimensions, -1 when unknown.</summary>
    public int Rank => Shape.Rank;

    /// <summary>Element by element sum, with broadcasting (AddV2).</summary>
    public static Value operator +(Value a, Value b) => Binary("AddV2", a, b);

    /// <summary>Element by element difference, with broadcasting (Sub).</summary>
    public static Value operator -(Value a, Value b) => Binary("Sub", a, b);

    /// <summary>Element by element product, with broadcasting (Mul).</summary>
    public static Value operator *(Value a, Value b) => Binary("Mul", a, b);

    /// <summary>Element by element quotient, with broadcasting (RealDiv for floats, FloorDiv for integers).</summary>
    public static Value operator /(Value a, Value b) => Binary(a.Type.Base().IsInteger() ? "FloorDiv" : "RealDiv", a, b);

    /// <summary>Element by element remainder with the divisor's sign (FloorMod).</summary>
    public static Value operator %(Value a, Value b) => Binary("FloorMod", a, b);

    /// <summary>Element by element negation (Neg).</summary>
    public static Value operator -(Value a) => a.Node.Graph.NewNode("Neg").Input(a).Build()[0];

    /// <summary>The sum of every element and a number (AddV2).</summary>
    public static Value operator +(Value a, double b) => a + Number(b, a);

    /// <summary>The sum of a number and every element (AddV2).</summary>
    public static Value operator +(double a, Value b) => Number(a, b) + b;

    /// <summary>The difference of every element and a number (Sub).</summary>
    public static Value operator -(Value a, double b) => a - Number(b, a);

    /// <summary>The difference of a number and every element (Sub).</summary>
    public static Value operator -(double a, Value b) => Number(a, b) - b;

    /// <summary>The product of every element and a number (Mul).</summary>
    public static Value operator *(Value a, double b) => a * Number(b, a);

    /// <summary>The product of a number and every element (Mul).</summary>
    public static Value operator *(double a, Value b) => Number(a, b) * b;

    /// <summary>The quotient of every element and a number (RealDiv or FloorDiv).</summary>
    public static Value operator /(Value a, double b) => a / Number(b, a);

    /// <summary>The quotient of a number and every element (RealDiv or FloorDiv).</summary>
    public static Value operator /(double a, Value b) => Number(a, b) / b;

    /// <summary>The node and output.</summary>
    public override string ToString() => Node is null ? "(none)" : Name;

    // A constant of the other side's type.
    private static Value Number(double number, Value like)
    {
        var type = like.Type.Base();
        if (!double.IsInteger(number) && !type.IsFloating() && !type.IsComplex())
            throw EngineException.InvalidArgument($"The {type.Name()} tensor {like.Name} cannot be combined with {number}.");
        return like.Node.Graph.Scalar(number, type);
    }

    private static Value Binary(string op, Value a, Value b) => a.Node.Graph.NewNode(op).Input(a).Input(b).Build()[0];
}
