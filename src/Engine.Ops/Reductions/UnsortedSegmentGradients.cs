using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Reductions;

/// <summary>Gradients of reductions over segments in any order, where rows of negative segments have none.</summary>
internal sealed class UnsortedSegmentGradients
{
    private readonly GradientContext g;
    private readonly Value rows;
    private readonly Value isCounted;

    internal UnsortedSegmentGradients(GradientContext g)
    {
        this.g = g;
        var segments = g.Input(1);
        var zero = g.Scalar(0, segments.Type.Base());
        rows = g.Apply("Maximum", segments, zero);
        // A dimension of 1 for each that a row has beyond the segments.
        var extra = g.Apply("Rank", g.Input(0)) - g.Apply("Rank", segments);
        var ones = g.NewNode("Fill").Input(g.Apply("ExpandDims", extra, g.Scalar(0, DType.Int32))).Input(g.Scalar(1, DType.Int32)).Build()[0];
        var shape = g.NewNode("ConcatV2").Input([g.Apply("Shape", segments), ones]).Input(g.Scalar(0, DType.Int32)).Build()[0];
        isCounted = g.Apply("Reshape", g.Apply("GreaterEqual", segments, zero), shape);
    }

    /// <summary>The rows of <paramref name="values"/> that belong to the segments; zeros for negative ones.</summary>
    internal Value Gather(Value values)
    {
        var gathered = g.Apply("GatherV2", values, rows, g.Scalar(0, DType.Int32));
        return g.Apply("SelectV2", isCounted, gathered, g.Apply("ZerosLike", gathered));
    }

    internal Value OfSelected()
    {
        var isSelected = g.Apply("LogicalAnd", g.Apply("Equal", g.Input(0), Gather(g.Output(0))), isCounted);
        var counts = g.Apply("UnsortedSegmentSum", g.NewNode("Cast").Input(isSelected).Attr("DstT", g.Type("T")).Build()[0], g.Input(1), g.Input(2));
        return g.Apply("SelectV2", isSelected, Gather(g.OutputGradient(0) / counts), g.Apply("ZerosLike", g.Input(0)));
    }

    internal Value OfProduct()
    {
        var data = g.Input(0);
        var isZero = g.Apply("Equal", data, g.Scalar(0, g.Type("T")));
        var zeros = g.Apply("UnsortedSegmentSum", g.NewNode("Cast").Input(isZero).Attr("DstT", DType.Int32).Build()[0], g.Input(1), g.Input(2));
        var dz = g.OutputGradient(0);
        dz = g.Apply("SelectV2", g.Apply("Greater", zeros, g.Scalar(1, DType.Int32)), g.Apply("ZerosLike", dz), dz);
        var nonZero = g.Apply("SelectV2", isZero, g.Apply("OnesLike", data), data);
        var zeroBased = g.Apply("GatherV2", g.Apply("UnsortedSegmentProd", nonZero, g.Input(1), g.Input(2)), rows, g.Scalar(0, DType.Int32));
        var product = g.Apply("GatherV2", g.Output(0), rows, g.Scalar(0, DType.Int32));
        return Gather(dz) * g.Apply("SelectV2", isZero, zeroBased, product / nonZero);
    }
}
