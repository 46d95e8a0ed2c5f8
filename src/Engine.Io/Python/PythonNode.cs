namespace Engine.Io.Python;

/// <summary>An expression of Python, as its parser understood it.</summary>
internal abstract record PythonNode
{
    /// <summary>A number, string, True, None, ….</summary>
    internal sealed record Constant(object? Value) : PythonNode;

    internal sealed record Name(string Text) : PythonNode;

    internal sealed record Attribute(PythonNode Target, string Text) : PythonNode;

    internal sealed record Call(PythonNode Target, IReadOnlyList<PythonNode> Arguments, IReadOnlyList<KeyValuePair<string, PythonNode>> Keywords) : PythonNode;

    internal sealed record Subscript(PythonNode Target, PythonNode Index) : PythonNode;

    internal sealed record Slice(PythonNode? Start, PythonNode? Stop, PythonNode? Step) : PythonNode;

    internal sealed record Unary(string Operator, PythonNode Operand) : PythonNode;

    internal sealed record Binary(string Operator, PythonNode Left, PythonNode Right) : PythonNode;

    internal sealed record Comparison(PythonNode First, IReadOnlyList<KeyValuePair<string, PythonNode>> Rest) : PythonNode;

    internal sealed record Logical(bool IsAnd, PythonNode Left, PythonNode Right) : PythonNode;

    internal sealed record Conditional(PythonNode Condition, PythonNode WhenTrue, PythonNode WhenFalse) : PythonNode;

    internal sealed record List(IReadOnlyList<PythonNode> Items) : PythonNode;

    internal sealed record Tuple(IReadOnlyList<PythonNode> Items) : PythonNode;

    internal sealed record Set(IReadOnlyList<PythonNode> Items) : PythonNode;

    internal sealed record Dictionary(IReadOnlyList<KeyValuePair<PythonNode, PythonNode>> Items) : PythonNode;

    /// <summary><c>*items</c> in a display or call.</summary>
    internal sealed record Starred(PythonNode Items) : PythonNode;

    /// <summary><c>[item for names in source if condition]</c>.</summary>
    internal sealed record Comprehension(PythonNode Item, IReadOnlyList<(PythonNode Target, PythonNode Source, IReadOnlyList<PythonNode> Conditions)> Loops) : PythonNode;
}
