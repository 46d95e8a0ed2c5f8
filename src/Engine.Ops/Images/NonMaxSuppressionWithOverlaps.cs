using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Images;

/// <summary>Candidates of the highest scores that do not overlap others too much, by a given matrix of overlaps.</summary>
[Op("NonMaxSuppressionWithOverlaps")]
internal sealed class NonMaxSuppressionWithOverlaps : IOp
{
    public static void InferShapes(InferenceContext c) => SuppressionInputs.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(Compute, isSequential: true);

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private static unsafe void Compute(KernelContext context)
    {
        var (overlaps, scores) = (context.Input(0), context.Input(1));
        SuppressionInputs.Check(overlaps, scores, square: true);
        var limit = SuppressionInputs.Limit(context, 2);
        var threshold = SuppressionInputs.Scalar<float>(context, 3, "overlap_threshold");
        var least = SuppressionInputs.Scalar<float>(context, 4, "score_threshold");
        var selected = Suppression.Select(scores.AsSpan<float>(), new GivenOverlap(overlaps.Pointer<float>(), (int)scores.Count), limit, threshold, least, 0);
        SuppressionInputs.WriteIndices(context, selected, selected.Count);
    }
}
