using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>Short forms of the nodes that gradients of array ops are built from.</summary>
internal static class ArrayGradients
{
    /// <summary>An op of the given inputs and no attributes beyond what follows from them.</summary>
    internal static Value Node(this GradientContext g, string op, params ReadOnlySpan<Value> inputs)
    {
        var node = g.NewNode(op);
        foreach (var input in inputs)
            node.Input(input);
        return node.Build()[0];
    }

    /// <summary>The shape of a value, as int32 or as <paramref name="type"/>.</summary>
    internal static Value ShapeOf(this GradientContext g, Value value, DType type = DType.Int32)
        => g.NewNode("Shape").Input(value).Attr("out_type", type).Build()[0];

    /// <summary>A gradient in the shape of an input of the forward node.</summary>
    internal static Value ReshapeLike(this GradientContext g, Value gradient, Value like) => g.Node("Reshape", gradient, g.ShapeOf(like));

    /// <summary>A vector constant of int32.</summary>
    internal static Value Ints(this GradientContext g, params ReadOnlySpan<int> values) => g.Constant(Tensor.From(values));

    /// <summary>A scalar constant of int32.</summary>
    internal static Value Int(this GradientContext g, int value) => g.Constant(Tensor.Scalar(value));

    /// <summary>Elements <paramref name="start"/> to <paramref name="end"/> of a vector.</summary>
    internal static Value Part(this GradientContext g, Value vector, Value start, Value end)
        => g.Node("StridedSlice", vector, start, end, g.NewNode("OnesLike").Input(start).Build()[0]);

    /// <summary>A value converted to another element type.</summary>
    internal static Value Cast(this GradientContext g, Value value, DType type) => g.NewNode("Cast").Input(value).Attr("DstT", type).Build()[0];

    /// <summary>A vector of one element as a scalar.</summary>
    internal static Value AsScalar(this GradientContext g, Value vector) => g.Node("Reshape", vector, g.Constant(Tensor.From<int>([], Shape.Vector(0))));

    /// <summary>The rank as a vector of one element.</summary>
    internal static Value RankOf(this GradientContext g, Value value) => g.Node("Reshape", g.Node("Rank", value), g.Ints(1));

    /// <summary>Zeros like an input of the forward node.</summary>
    internal static Value ZerosLike(this GradientContext g, Value value) => g.Node("ZerosLike", value);

    /// <summary>Concatenation along an axis that is a constant.</summary>
    internal static Value Concat(this GradientContext g, int axis, params ReadOnlySpan<Value> values)
        => g.NewNode("ConcatV2").Input(values.ToArray()).Input(g.Int(axis)).Build()[0];
}
