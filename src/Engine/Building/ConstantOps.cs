namespace Engine.Graphs;

/// <summary>Constants from .NET values: short forms of <see cref="GraphOps.Const"/>. Values are copied, tensors are shared.</summary>
public static class ConstantOps
{
    /// <summary>A constant; the tensor is shared, so it must not be written or disposed while the graph lives.</summary>
    public static Value Constant(this IGraphBuilder graph, Tensor value, string? name = null) => graph.Const(value, value.Type, name);

    /// <summary>A scalar constant.</summary>
    public static Value Constant<T>(this IGraphBuilder graph, T value, string? name = null) where T : unmanaged
        => graph.Constant(Tensor.Scalar(value), name);

    /// <summary>A scalar string constant, UTF-8.</summary>
    public static Value Constant(this IGraphBuilder graph, string value, string? name = null)
        => graph.Constant(Tensor.Scalar(value), name);

    /// <summary>A constant of values in row-major order; a vector when no shape is given.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when the shape has another number of elements.</exception>
    public static Value Constant<T>(this IGraphBuilder graph, T[] values, Shape? shape = null, string? name = null) where T : unmanaged
        => graph.Constant(Tensor.From<T>(values, shape ?? Shape.Vector(values.Length)), name);

    /// <summary>A constant of strings, UTF-8; a vector when no shape is given.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when the shape has another number of elements.</exception>
    public static Value Constant(this IGraphBuilder graph, string[] values, Shape? shape = null, string? name = null)
        => graph.Constant(Tensor.FromStrings(values, shape), name);

    /// <summary>A constant with the shape and elements of a .NET array of any rank.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when no element type is stored as the array's.</exception>
    public static Value Constant(this IGraphBuilder graph, Array values, string? name = null) => graph.Constant(Tensor.FromArray(values), name);

    /// <summary>A scalar of an element type that is known only at run time, truncated for integers.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for types without numbers.</exception>
    public static Value Scalar(this IGraphBuilder graph, double value, DType type, string? name = null)
        => graph.Constant(ScalarTensors.Make(value, type), name);
}
