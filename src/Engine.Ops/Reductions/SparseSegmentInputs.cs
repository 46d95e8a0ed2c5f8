using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Reductions;

/// <summary>The inputs of reductions over rows that are chosen by index and belong to sorted segments.</summary>
internal static class SparseSegmentInputs
{
    internal static void InferShapes(InferenceContext c)
    {
        var data = c.WithRankAtLeast(c.Input(0), 1);
        c.Input(1, 1).Merge(c.Input(2, 1));
        var rows = -1L;
        if (c.InputCount > 3)
        {
            c.Input(3, 0);
            rows = c.InputScalar(3) ?? -1;
            if (c.InputScalar(3) < 0)
                throw c.Fail($"Cannot specify a negative value for num_segments: {rows}");
        }
        c.SetOutput(0, data.HasRank ? data.With(0, rows) : data);
    }

    /// <summary>Checks shapes, segments and indices; answers the number of segments.</summary>
    internal static long Check(KernelContext context)
    {
        var (data, indices, segments) = (context.Input(0), context.Input(1), context.Input(2));
        CheckVectors(indices, segments);
        if (data.Rank < 1)
            throw EngineException.InvalidArgument("input must be at least rank 1");
        long? declared = null;
        if (context.InputCount > 3)
        {
            declared = SegmentRows.Scalar(context.Input(3), "num_segments");
            if (declared < 0)
                throw EngineException.InvalidArgument("segment ids must be >= 0");
        }
        var rows = SegmentRows.CheckSorted(segments, declared);
        CheckRange(indices, data.Shape[0]);
        return rows;
    }

    /// <summary>Checks that indices and segments are vectors of one length.</summary>
    internal static void CheckVectors(Tensor indices, Tensor segments)
    {
        if (indices.Rank != 1)
            throw EngineException.InvalidArgument($"indices should be a vector, not of shape {indices.Shape}");
        if (segments.Rank != 1)
            throw EngineException.InvalidArgument($"segment_ids should be a vector, not of shape {segments.Shape}");
        if (indices.Count != segments.Count)
            throw EngineException.InvalidArgument("segment_ids and indices should have same size.");
    }

    /// <summary>Checks that integers lie in [0, <paramref name="limit"/>).</summary>
    internal static void CheckRange(Tensor indices, long limit)
    {
        for (var i = 0L; i < indices.Count; i++)
        {
            var index = SegmentRows.At(indices, i);
            if (index < 0 || index >= limit)
                throw EngineException.InvalidArgument($"Bad: indices[{i}] == {index} out of range [0, {limit})");
        }
    }
}
