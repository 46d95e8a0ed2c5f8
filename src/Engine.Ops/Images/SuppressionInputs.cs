using System.Numerics;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Images;

/// <summary>What the ops of non-maximum suppression check alike.</summary>
internal static class SuppressionInputs
{
    /// <summary>Sets and returns the shape of the vector of selected indices, after checking the inputs' ranks.</summary>
    public static PartialShape InferShapes(InferenceContext c)
    {
        PartialShape boxes = c.Input(0, 2), scores = c.Input(1, 1);
        for (var i = 2; i < c.InputCount; i++)
            c.Input(i, 0);
        if (boxes[0] >= 0 && scores[0] >= 0 && boxes[0] != scores[0])
            throw c.Fail($"Dimensions must be equal, but are {boxes[0]} and {scores[0]}");
        if (c.Node.Op != "NonMaxSuppressionWithOverlaps" && boxes[1] >= 0 && boxes[1] != 4)
            throw c.Fail($"Dimension must be 4 but is {boxes[1]}");
        var padded = c.Node.Attrs.GetValueOrDefault("pad_to_max_output_size")?.AsBool() == true;
        var selected = PartialShape.Vector(padded && c.InputScalar(2) is >= 0 and { } size ? size : -1);
        c.SetOutput(0, selected);
        return selected;
    }

    /// <summary>Checks boxes and scores and returns the scores.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT unless the boxes are [n, 4] (or [n, n] overlaps) and the scores [n].</exception>
    public static void Check(Tensor boxes, Tensor scores, bool square = false)
    {
        if (boxes.Rank != 2 || boxes.Shape[1] != (square ? boxes.Shape[0] : 4))
            throw EngineException.InvalidArgument($"{(square ? "overlaps must be square" : "boxes must have 4 columns")}, not {boxes.Shape}");
        if (scores.Rank != 1 || scores.Count != boxes.Shape[0])
            throw EngineException.InvalidArgument($"scores has incompatible shape {scores.Shape} with {boxes.Shape[0]} candidates");
        if (scores.Count > int.MaxValue)
            throw EngineException.InvalidArgument($"{scores.Count} are too many candidates");
    }

    /// <summary>The size limit, a scalar that is not negative.</summary>
    public static int Limit(KernelContext context, int input)
    {
        var t = context.Input(input);
        if (t.Rank != 0)
            throw EngineException.InvalidArgument($"max_output_size must be 0-D, got shape {t.Shape}");
        var limit = t.Item<int>();
        return limit >= 0 ? limit : throw EngineException.InvalidArgument($"max_output_size must be non-negative, not {limit}");
    }

    /// <summary>A scalar of any float type.</summary>
    public static T Scalar<T>(KernelContext context, int input, string name) where T : INumberBase<T>
    {
        var t = context.Input(input);
        if (t.Rank != 0)
            throw EngineException.InvalidArgument($"{name} must be 0-D, got shape {t.Shape}");
        return t.Type == DType.Float16 ? T.CreateTruncating(t.Item<Half>()) : T.CreateTruncating(t.Item<float>());
    }

    /// <summary>A threshold of intersection over union.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT outside [0, 1].</exception>
    public static T UnitInterval<T>(T threshold) where T : INumber<T>
        => threshold >= T.Zero && threshold <= T.One ? threshold : throw EngineException.InvalidArgument("iou_threshold must be in [0, 1]");

    /// <summary>Writes the selected indices, followed by zeros up to <paramref name="length"/>.</summary>
    public static void WriteIndices<T>(KernelContext context, List<(int Index, T Score)> selected, long length)
    {
        var indices = context.AllocateZeros(0, Shape.Vector(length)).AsSpan<int>();
        for (var i = 0; i < selected.Count; i++)
            indices[i] = selected[i].Index;
    }
}
