using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Reductions;

/// <summary>Whether the score of the target is among the k largest of its row, ties included; not where the target is outside or a score is not finite.</summary>
[Op("InTopK", "InTopKV2")]
internal sealed class InTopK : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var rows = c.Input(0, 2).Slice(0, 1).Merge(c.Input(1, 1));
        if (c.InputCount > 2)
            c.Input(2, 0);
        c.SetOutput(0, rows);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        long? k = node.InputCount > 2 ? null : node.Int("k");
        return Kernel.From(context => Compute(context, k ?? SegmentRows.Scalar(context.Input(2), "k")));
    }

    private static void Compute(KernelContext context, long k)
    {
        var (scores, targets) = (context.Input(0), context.Input(1));
        if (scores.Rank != 2)
            throw EngineException.InvalidArgument($"predictions must be 2-dimensional, not of shape {scores.Shape}");
        if (targets.Rank != 1)
            throw EngineException.InvalidArgument($"targets must be 1-dimensional, not of shape {targets.Shape}");
        if (scores.Shape[0] != targets.Count)
            throw EngineException.InvalidArgument($"First dimension of predictions {scores.Shape[0]} must match length of targets {targets.Count}");
        var width = (int)scores.Shape[1];
        var all = scores.AsSpan<float>();
        var result = context.Allocate(0, targets.Shape).AsSpan<bool>();
        for (var row = 0; row < result.Length; row++)
            result[row] = IsAmong(all.Slice(row * width, width), SegmentRows.At(targets, row), k);
    }

    private static bool IsAmong(ReadOnlySpan<float> scores, long target, long k)
    {
        if (target < 0 || target >= scores.Length || !float.IsFinite(scores[(int)target]))
            return false;
        var larger = 0L;
        foreach (var score in scores)
        {
            if (!float.IsFinite(score))
                return false;
            if (score > scores[(int)target] && ++larger >= k)
                return false;
        }
        return larger < k;
    }
}
