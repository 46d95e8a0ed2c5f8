using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Reductions;

/// <summary>Gradients of reductions over sorted segments.</summary>
internal static class SegmentGradients
{
    /// <summary>The rows of <paramref name="values"/> that belong to the segments.</summary>
    internal static Value Gather(GradientContext g, Value values, Value segments) => g.Apply("GatherV2", values, segments, g.Scalar(0, DType.Int32));

    internal static Value OfMean(GradientContext g)
    {
        var dz = g.OutputGradient(0);
        var segments = g.Input(1);
        // The number of rows of each segment, with a dimension of 1 for each of a row's.
        var rank = g.Apply("Rank", dz) - g.Scalar(1, DType.Int32);
        var ones = g.NewNode("Fill").Input(g.Apply("ExpandDims", rank, g.Scalar(0, DType.Int32))).Input(g.Scalar(1, DType.Int32)).Build()[0];
        var shape = g.NewNode("ConcatV2").Input([g.Apply("Shape", segments), ones]).Input(g.Scalar(0, DType.Int32)).Build()[0];
        var counts = g.Apply("SegmentSum", g.NewNode("Fill").Input(shape).Input(g.Scalar(1, g.Type("T"))).Build()[0], segments);
        return Gather(g, dz / counts, segments);
    }

    internal static Value OfSelected(GradientContext g)
    {
        var segments = g.Input(1);
        var isSelected = g.Apply("Equal", g.Input(0), Gather(g, g.Output(0), segments));
        var counts = g.Apply("SegmentSum", g.NewNode("Cast").Input(isSelected).Attr("DstT", g.Type("T")).Build()[0], segments);
        var shared = Gather(g, g.OutputGradient(0) / counts, segments);
        return g.Apply("SelectV2", isSelected, shared, g.Apply("ZerosLike", g.Input(0)));
    }

    internal static Value OfProduct(GradientContext g)
    {
        var (data, segments) = (g.Input(0), g.Input(1));
        // One zero leaves the product of the others as its gradient, more leave none.
        var isZero = g.Apply("Equal", data, g.Scalar(0, g.Type("T")));
        var zeros = g.Apply("SegmentSum", g.NewNode("Cast").Input(isZero).Attr("DstT", DType.Int32).Build()[0], segments);
        var dz = g.OutputGradient(0);
        dz = g.Apply("SelectV2", g.Apply("Greater", zeros, g.Scalar(1, DType.Int32)), g.Apply("ZerosLike", dz), dz);
        var nonZero = g.Apply("SelectV2", isZero, g.Apply("OnesLike", data), data);
        var others = Gather(g, g.Apply("SegmentProd", nonZero, segments), segments);
        var part = g.Apply("SelectV2", isZero, others, Gather(g, g.Output(0), segments) / nonZero);
        return Gather(g, dz, segments) * part;
    }
}
