using Engine.Graphs;
using Engine.OpModel;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>
/// Layer normalisation over the last dimension, which plans put in the place of its parts: rows with mean 0 and variance 1, times gamma, plus beta, which are vectors.
/// </summary>
[Op("_LayerNorm", Definition = "_LayerNorm(x:T; gamma:T; beta:T) -> (y:T) {T:type in [float]; epsilon:float}")]
internal sealed class LayerNorm : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows(1, 2) && c.OutputShape(0).Rank > 1;

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") == DType.Float32 ? new LayerNormKernel(node) : throw node.NoKernel();

    /// <summary>The rule of a sum: is it the last step of a layer normalisation?</summary>
    internal static bool OfSum(RewriteContext c)
    {
        if (c.Type("T") != DType.Float32)
            return false;
        for (var side = 0; side < 2; side++)
        {
            var (scaled, offset) = (c.Input(side), c.Input(1 - side));
            if (scaled.Op == "Mul" && scaled.IsAbsorbable && (OfMoments(c, scaled, offset) || OfDifference(c, scaled, offset) || OfBatchNorm(c, scaled, offset)))
                return true;
        }
        return false;
    }

    // x · m + (beta - mean · m) with m = gamma / √(variance + epsilon).
    private static bool OfMoments(RewriteContext c, RewriteValue scaled, RewriteValue offset)
    {
        if (offset.Op != "Sub" || !offset.IsAbsorbable || Vector(offset.Input(0)) is null || offset.Input(1) is not { Op: "Mul" } shift)
            return false;
        for (var side = 0; side < 2; side++)
        {
            var (x, m) = (scaled.Input(side), scaled.Input(1 - side));
            if (m.Op != "Mul" || Other(shift, m) is not { } mean || !IsMean(mean, x))
                continue;
            for (var k = 0; k < 2; k++)
            {
                if (Vector(m.Input(k)) is not null && Variance(m.Input(1 - k), x, mean) is { } epsilon)
                    return Replace(c, x, m.Input(k), offset.Input(0), epsilon);
            }
        }
        return false;
    }

    // (x - mean) / √(variance + epsilon) · gamma + beta.
    private static bool OfDifference(RewriteContext c, RewriteValue scaled, RewriteValue beta)
    {
        if (Vector(beta) is null)
            return false;
        for (var side = 0; side < 2; side++)
        {
            var (normal, gamma) = (scaled.Input(side), scaled.Input(1 - side));
            if (Vector(gamma) is null || normal.Op is not ("Mul" or "RealDiv") || !normal.IsAbsorbable)
                continue;
            for (var k = 0; k < (normal.Op == "Mul" ? 2 : 1); k++)
            {
                var (difference, scale) = (normal.Input(k), normal.Input(1 - k));
                if (difference.Op == "Sub" && IsMean(difference.Input(1), difference.Input(0))
                    && Variance(scale, difference.Input(0), difference.Input(1), normal.Op == "RealDiv" ? "Sqrt" : "Rsqrt", difference) is { } epsilon)
                    return Replace(c, difference.Input(0), gamma, beta, epsilon);
            }
        }
        return false;
    }

    // Keras normalises rows as the channels of a batch normalisation in training.
    private static bool OfBatchNorm(RewriteContext c, RewriteValue scaled, RewriteValue beta)
    {
        if (Vector(beta) is not { } b)
            return false;
        for (var side = 0; side < 2; side++)
        {
            var (back, gamma) = (scaled.Input(side), scaled.Input(1 - side));
            if (back.Op != "Reshape" || !back.IsAbsorbable || Vector(gamma) is null || back.Input(0) is not { Op: "FusedBatchNormV3", Index: 0, IsAbsorbable: true } norm
                || !norm.Node.Attr("is_training").AsBool() || norm.Node.Attr("data_format").AsString() != "NCHW" || !IsFilled(norm.Input(1), 1) || !IsFilled(norm.Input(2), 0)
                || norm.Input(0) is not { Op: "Reshape" } rows)
                continue;
            var x = rows.Input(0);
            var isBack = back.Input(1) is { Op: "Shape" } shape ? shape.Input(0) == x : back.Input(1).Constant is not null && x.Shape.IsFullyKnown && back.Shape.Equals(x.Shape);
            if (isBack && IsRows(rows.Input(1), x, b.Count))
                return Replace(c, x, gamma, beta, norm.Node.Attr("epsilon").AsFloat());
        }
        return false;
    }

    private static bool Replace(RewriteContext c, RewriteValue x, RewriteValue gamma, RewriteValue beta, float epsilon)
        => Vector(gamma)!.Count == Vector(beta)!.Count && x.Shape.HasRank && x.Shape.Rank > 0 && x.Shape[-1] == Vector(gamma)!.Count
            && c.Replace("_LayerNorm", [x, gamma, beta], ("epsilon", AttrValue.Of(epsilon)));

    // The epsilon, if the value is 1/√(variance of x + epsilon), or the root itself.
    private static float? Variance(RewriteValue value, RewriteValue x, RewriteValue mean, string root = "Rsqrt", RewriteValue? difference = null)
    {
        if (value.Op != root || value.Input(0) is not { Op: "AddV2" or "Add" } sum)
            return null;
        for (var side = 0; side < 2; side++)
        {
            if (sum.Input(1 - side).Constant is not { Rank: 0, Type: DType.Float32 } epsilon || sum.Input(side) is not { Op: "Mean" } variance || !IsLastMean(variance))
                continue;
            var squares = variance.Input(0);
            var isVariance = squares.Op == "SquaredDifference" ? (squares.Input(0) == x && squares.Input(1) == mean) || (squares.Input(1) == x && squares.Input(0) == mean)
                : squares.Op == "Square" && difference is { } d && squares.Input(0) == d;
            if (isVariance)
                return epsilon.Item<float>();
        }
        return null;
    }

    private static bool IsMean(RewriteValue mean, RewriteValue x) => mean.Op == "Mean" && mean.Input(0) == x && IsLastMean(mean);

    private static bool IsLastMean(RewriteValue mean)
    {
        if (!mean.Node.Attr("keep_dims").AsBool() || mean.Input(1).Constant is not { Count: 1, Type: DType.Int32 or DType.Int64 } axes)
            return false;
        var axis = axes.Type == DType.Int32 ? axes.AsSpan<int>()[0] : axes.AsSpan<long>()[0];
        return axis == -1 || (mean.Input(0).Shape.HasRank && axis == mean.Input(0).Shape.Rank - 1);
    }

    private static Tensor? Vector(RewriteValue value) => value.Constant is { Rank: 1, Count: > 0, Type: DType.Float32 } v ? v : null;

    private static RewriteValue? Other(RewriteValue product, RewriteValue factor)
        => product.Input(0) == factor ? product.Input(1) : product.Input(1) == factor ? product.Input(0) : null;

    private static bool IsFilled(RewriteValue value, float number)
        => value.Constant is { Type: DType.Float32 } c ? c.AsSpan<float>().IndexOfAnyExcept(number) < 0
            : value.Op == "Fill" && value.Input(1).Constant is { Count: 1, Type: DType.Float32 } filler && filler.AsSpan<float>()[0] == number;

    // Whether a shape is [1, anything, columns, 1], where columns may be computed from the shape of x.
    private static bool IsRows(RewriteValue shape, RewriteValue x, long columns)
    {
        if (shape.Constant is { Count: 4, Type: DType.Int32 } known)
            return known.AsSpan<int>() is [1, _, var n, 1] && n == columns;
        return shape.Op == "Pack" && shape.InputCount == 4 && Number(shape.Input(0)) == 1 && Number(shape.Input(3)) == 1
            && (Number(shape.Input(2)) == columns || IsLast(shape.Input(2), x));
    }

    // The product of the dimensions from the last one on.
    private static bool IsLast(RewriteValue value, RewriteValue x)
        => value.Op == "Prod" && value.Input(0) is { Op: "StridedSlice" } slice && slice.Input(0) is { Op: "Shape" } shape && shape.Input(0) == x
            && x.Shape.HasRank && Number(slice.Input(1)) == x.Shape.Rank - 1 && Number(slice.Input(3)) == 1 && slice.Node.Attr("end_mask").AsInt() == 1
            && slice.Node.Attr("shrink_axis_mask").AsInt() == 0 && slice.Node.Attr("new_axis_mask").AsInt() == 0 && slice.Node.Attr("begin_mask").AsInt() == 0;

    private static long? Number(RewriteValue value) => value.Constant is { Count: 1, Type: DType.Int32 } n ? n.AsSpan<int>()[0] : null;
}
