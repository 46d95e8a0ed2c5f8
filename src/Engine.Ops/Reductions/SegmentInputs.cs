using Engine.OpModel;

namespace Engine.Ops.Reductions;

/// <summary>The inputs of ops on sorted segments.</summary>
internal static class SegmentInputs
{
    internal static void InferShapes(InferenceContext c)
    {
        var data = c.WithRankAtLeast(c.Input(0), 1);
        c.Input(1, 1);
        c.SetOutput(0, data.HasRank ? data.With(0, -1) : data);
    }

    /// <summary>Checks shapes and segments; answers the number of segments.</summary>
    internal static long Check(Tensor data, Tensor segments)
    {
        if (segments.Rank != 1)
            throw EngineException.InvalidArgument($"segment_ids should be a vector, not of shape {segments.Shape}");
        if (data.Rank < 1)
            throw EngineException.InvalidArgument($"Shape must be at least rank 1 but is rank {data.Rank}");
        if (data.Shape[0] != segments.Count)
            throw EngineException.InvalidArgument($"segment_ids should be the same size as dimension 0 of input. segment_ids: {segments.Shape}, input: {data.Shape}");
        return SegmentRows.CheckSorted(segments, null);
    }
}
