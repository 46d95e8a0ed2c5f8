using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.Fourier;

/// <summary>What the gradients of Fourier transforms share.</summary>
internal static class FourierGradients
{
    /// <summary>The number of elements of the transformed dimensions of a value.</summary>
    internal static Value Size(GradientContext g, Value value, DType type)
    {
        Value inner = g.NewNode("StridedSlice").Input(g.ShapeOf(value)).Input(g.Ints(-FourierKernel.Dimensions(g.Node.Op))).Input(g.Ints(0)).Input(g.Ints(1))
            .Attr("end_mask", 1).Build()[0];
        return g.Cast(g.Node("Prod", inner, g.Int(0)), type);
    }

    /// <summary>The last element of a vector of int32, as a scalar.</summary>
    internal static Value Last(GradientContext g, Value vector) => g.NewNode("StridedSlice").Input(vector).Input(g.Ints(-1)).Input(g.Ints(0)).Input(g.Ints(1))
        .Attr("shrink_axis_mask", 1).Build()[0];

    /// <summary>Zeros behind the elements of each dimension, to make the shape <paramref name="shape"/>.</summary>
    internal static Value PadTo(GradientContext g, Value value, Value shape)
    {
        Value after = g.Node("Sub", shape, g.ShapeOf(value));
        Value paddings = g.NewNode("Pack").Input([g.ZerosLike(after), after]).Attr("axis", 1).Build()[0];
        return g.Node("Pad", value, paddings);
    }
}
