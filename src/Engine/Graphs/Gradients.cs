using Engine.OpModel;

namespace Engine.Graphs;

/// <summary>Symbolic gradients: adds to a graph the nodes that compute d(sum(ys · gradYs))/dx.</summary>
public static class Gradients
{
    /// <summary>The gradients of the sum of <paramref name="ys"/> (weighted by <paramref name="gradYs"/>, ones by default) with respect to each x; null where none flows.</summary>
    /// <exception cref="EngineException">NOT_FOUND when an op on the way has no gradient.</exception>
    public static Gradient?[] Add(IReadOnlyList<Value> ys, IReadOnlyList<Value> xs, IReadOnlyList<Value?>? gradYs = null)
    {
        if (ys.Count == 0)
            return new Gradient?[xs.Count];
        return new GradientBuilder(ys[0].Node.Graph, ys, xs, gradYs).Run();
    }

    /// <summary>A gradient as a dense tensor: IndexedSlices are added up.</summary>
    public static Value ToDense(IGraphBuilder graph, Gradient gradient)
    {
        if (!gradient.IsSparse)
            return gradient.Values;
        var rows = graph.NewNode("Cast").Input(gradient.DenseShape!.Value).Attr("DstT", DType.Int32).Build()[0];
        var zero = Const(graph, Tensor.From<int>([0]));
        var one = Const(graph, Tensor.From<int>([1]));
        var first = graph.NewNode("StridedSlice").Input(rows).Input(zero).Input(one).Input(one).Attr("shrink_axis_mask", 1).Build()[0];
        return graph.NewNode("UnsortedSegmentSum").Input(gradient.Values).Input(gradient.Indices!.Value).Input(first).Build()[0];
    }

    private static Value Const(IGraphBuilder graph, Tensor value)
        => graph.NewNode("Const").Attr("dtype", value.Type).Attr("value", AttrValue.Of(value)).Build()[0];
}
