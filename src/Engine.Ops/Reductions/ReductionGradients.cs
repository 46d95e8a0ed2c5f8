using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Reductions;

/// <summary>What the gradients of reductions share.</summary>
internal static class ReductionGradients
{
    /// <summary>A gradient of the result as one of the input: repeated along the reduced dimensions.</summary>
    internal static Value Spread(GradientContext g, Value gradient)
        => g.Apply("BroadcastTo", Unreduced(g, gradient), g.Apply("Shape", g.Input(0)));

    /// <summary>A tensor of the result's shape with dimensions of 1 where the input was reduced.</summary>
    internal static Value Unreduced(GradientContext g, Value value)
        => g.Attr("keep_dims").AsBool() ? value : g.Apply("Reshape", value, KeptShape(g));

    /// <summary>The number of elements behind each result, as the input's type.</summary>
    internal static Value ReducedCount(GradientContext g, DType type)
    {
        // Products of the dimensions do not divide by zero, unlike the quotient of the sizes.
        var count = g.Apply("Prod", g.Apply("GatherV2", g.Apply("Shape", g.Input(0)), Axes(g), g.Scalar(0, DType.Int32)), g.Scalar(0, DType.Int32));
        return g.NewNode("Cast").Input(count).Attr("DstT", type).Build()[0];
    }

    /// <summary>The reduced axes as int32, none negative: a vector.</summary>
    internal static Value Axes(GradientContext g)
    {
        var axes = g.Apply("Reshape", g.Input(1), g.Constant(Tensor.From<int>([-1])));
        if (axes.Type != DType.Int32)
            axes = g.NewNode("Cast").Input(axes).Attr("DstT", DType.Int32).Build()[0];
        var rank = g.Apply("Rank", g.Input(0));
        return (axes + rank) % rank;
    }

    /// <summary>The gradient of a reduction that selects an element: shared by all that are equal to the result.</summary>
    internal static Value OfSelected(GradientContext g)
    {
        var selected = g.NewNode("Cast").Input(g.Apply("Equal", Unreduced(g, g.Output(0)), g.Input(0))).Attr("DstT", g.Type("T")).Build()[0];
        var count = g.NewNode("Sum").Input(selected).Input(g.Input(1)).Attr("keep_dims", true).Build()[0];
        return selected / count * Unreduced(g, g.OutputGradient(0));
    }

    private static Value KeptShape(GradientContext g)
    {
        if (g.Node.Inputs[1].Node is { Op: "Const" } constant && g.Input(0).Shape is { IsFullyKnown: true } known)
        {
            var dims = known.Dims.ToArray();
            var axes = constant.Attr("value").AsTensor();
            for (var i = 0; i < axes.Count; i++)
            {
                var axis = axes.Type == DType.Int32 ? axes.AsSpan<int>()[i] : axes.AsSpan<long>()[i];
                dims[axis < 0 ? axis + dims.Length : axis] = 1;
            }
            return g.Constant(Tensor.From<int>([.. dims.Select(d => checked((int)d))]));
        }
        // A dimension per axis, overwritten with 1 where it is reduced.
        var shape = g.Apply("Shape", g.Input(0));
        var reduced = Axes(g);
        var one = g.Scalar(1, DType.Int32);
        var all = g.Apply("Range", g.Scalar(0, DType.Int32), g.Apply("Rank", g.Input(0)), one);
        return g.NewNode("DynamicStitch").Input([all, reduced]).Input([shape, g.Apply("OnesLike", reduced)]).Build()[0];
    }
}
