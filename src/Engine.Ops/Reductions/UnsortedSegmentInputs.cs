using Engine.OpModel;

namespace Engine.Ops.Reductions;

/// <summary>The inputs of ops on segments in any order.</summary>
internal static class UnsortedSegmentInputs
{
    internal static void InferShapes(InferenceContext c)
    {
        var (data, segments) = (c.Input(0), c.Input(1));
        c.Input(2, 0);
        if (!data.HasRank || !segments.HasRank)
            return;
        if (segments.Rank > data.Rank)
            throw c.Fail($"Shape must be at least rank {segments.Rank} but is rank {data.Rank}");
        data.Slice(0, segments.Rank).Merge(segments);
        var rows = c.InputScalar(2) ?? -1;
        if (c.InputScalar(2) < 0)
            throw c.Fail($"Dimension size, given by scalar input 2, must be non-negative but is {rows}");
        c.SetOutput(0, PartialShape.Vector(rows).Concat(data.Slice(segments.Rank)));
    }

    /// <summary>Checks shapes and segments; answers the number of segments.</summary>
    internal static long Check(Tensor data, Tensor segments, Tensor count)
    {
        var rows = SegmentRows.Scalar(count, "num_segments");
        if (rows < 0)
            throw EngineException.InvalidArgument($"Input num_segments == {rows} must not be negative.");
        if (segments.Rank > data.Rank || !data.Shape.Slice(0, segments.Rank).Equals(segments.Shape))
            throw EngineException.InvalidArgument($"data.shape = {data.Shape} does not start with segment_ids.shape = {segments.Shape}");
        for (var i = 0L; i < segments.Count; i++)
        {
            if (SegmentRows.At(segments, i) >= rows)
                throw EngineException.InvalidArgument($"segment_ids[{i}] = {SegmentRows.At(segments, i)} is out of range [0, {rows})");
        }
        return rows;
    }

    internal static unsafe void Reduce<TReduction, T>(T* data, Shape shape, Tensor segments, T* result, long rows, T empty)
        where TReduction : struct, ISegmentReduction<T> where T : unmanaged
    {
        var width = SegmentRows.Width(shape, segments.Rank);
        if (width == 0)
            return;
        for (var row = 0L; row < rows; row++)
            new Span<T>(result + row * width, width).Fill(empty);
        for (var i = 0L; i < segments.Count; i++)
        {
            var id = SegmentRows.At(segments, i);
            if (id >= 0)
                TReduction.Combine(new Span<T>(result + id * width, width), new ReadOnlySpan<T>(data + i * width, width));
        }
    }
}
