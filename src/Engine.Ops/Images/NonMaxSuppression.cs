using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Images;

/// <summary>The boxes of the highest scores that do not overlap others too much. Version 3 adds a least score, 4 and 5 padding, 5 soft suppression.</summary>
[Op("NonMaxSuppression", "NonMaxSuppressionV2", "NonMaxSuppressionV3", "NonMaxSuppressionV4", "NonMaxSuppressionV5")]
internal sealed class NonMaxSuppression : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var selected = SuppressionInputs.InferShapes(c);
        if (c.OutputCount == 3)
            c.SetOutput(1, selected);
        if (c.OutputCount > 1)
            c.SetOutput(c.OutputCount - 1, PartialShape.Scalar);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        float? threshold = node.Find("iou_threshold")?.AsFloat();
        var padded = node.Find("pad_to_max_output_size")?.AsBool() ?? false;
        return node.InputType(0) switch
        {
            DType.Float32 => Kernel.From(context => Compute<float>(context, threshold, padded), isSequential: true),
            DType.Float16 => Kernel.From(context => Compute<Half>(context, threshold, padded), isSequential: true),
            _ => throw node.NoKernel(),
        };
    }

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private static unsafe void Compute<T>(KernelContext context, float? attribute, bool padded) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (boxes, scores) = (context.Input(0), context.Input(1));
        var limit = SuppressionInputs.Limit(context, 2);
        var threshold = SuppressionInputs.UnitInterval(attribute is { } given ? T.CreateTruncating(given) : SuppressionInputs.Scalar<T>(context, 3, "iou_threshold"));
        var least = context.InputCount > 4 ? SuppressionInputs.Scalar<T>(context, 4, "score_threshold") : T.NegativeInfinity;
        var sigma = context.InputCount > 5 ? SuppressionInputs.Scalar<T>(context, 5, "soft_nms_sigma") : T.Zero;
        if (!(sigma >= T.Zero))
            throw EngineException.InvalidArgument($"soft_nms_sigma must be non-negative, not {sigma}");
        SuppressionInputs.Check(boxes, scores);
        var selected = Suppression.Select(scores.AsSpan<T>(), new BoxOverlap<T>(boxes.Pointer<T>(), 4), limit, threshold, least, sigma);
        var length = padded ? limit : selected.Count;
        SuppressionInputs.WriteIndices(context, selected, length);
        if (context.OutputCount == 3)
        {
            var kept = context.AllocateZeros(1, Shape.Vector(length)).AsSpan<T>();
            for (var i = 0; i < selected.Count; i++)
                kept[i] = selected[i].Score;
        }
        if (context.OutputCount > 1)
            context.Allocate(context.OutputCount - 1, Shape.Scalar).AsSpan<int>()[0] = selected.Count;
    }
}
