using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.Strings;

/// <summary>Joins the strings of each segment, in their order; a segment without strings is empty.</summary>
[Op("UnsortedSegmentJoin")]
internal sealed class UnsortedSegmentJoin : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(2, 0);
        var (input, ids) = (c.Input(0), c.Input(1));
        if (!input.HasRank || !ids.HasRank)
            return;
        if (ids.Rank > input.Rank)
            throw c.Fail($"Shape must be at least rank {ids.Rank} but is rank {input.Rank}");
        input.Slice(0, ids.Rank).Merge(ids);
        c.SetOutput(0, PartialShape.Vector(c.InputScalar(2) ?? -1).Concat(input.Slice(ids.Rank)));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var separator = node.Node.Attr("separator").AsBytes();
        return Kernel.From(context =>
        {
            var input = context.Input(0);
            var ids = context.Input(1);
            var segments = IndexTensor.Scalar(context.Input(2), "Number of segments");
            if (segments < 0)
                throw EngineException.InvalidArgument($"Number of segments should be non-negative, got {segments}");
            if (ids.Rank == 0)
                throw EngineException.InvalidArgument("Segment_id cannot have rank 0");
            if (ids.Rank > input.Rank || input.Shape.Slice(0, ids.Rank) != ids.Shape)
                throw EngineException.InvalidArgument($"Input and segment_id's first dimensions should match: {input.Shape} and {ids.Shape}");
            var inner = input.Shape.Slice(ids.Rank);
            var targets = IndexTensor.Read(ids);
            if (targets.Length > 0 && targets.Max() >= segments)
                throw EngineException.InvalidArgument($"Segment id {targets.Max()} is not smaller than the number of segments, {segments}");
            if (targets.Length > 0 && targets.Min() < 0)
                throw EngineException.InvalidArgument("Segment ids must be non-negative");
            var result = context.AllocateZeros(0, Shape.Vector(segments).Concat(inner)).AsSpan<byte[]>();
            Join(input.AsSpan<byte[]>(), targets, (int)inner.Count, separator, result);
        });
    }

    private static void Join(ReadOnlySpan<byte[]> input, long[] targets, int width, byte[] separator, Span<byte[]> result)
    {
        // Rows of one segment become neighbours, in their order.
        var order = Enumerable.Range(0, targets.Length).OrderBy(i => targets[i]).ToArray();
        var joiner = new ByteJoiner(separator);
        for (var start = 0; start < order.Length;)
        {
            var segment = targets[order[start]];
            var end = start;
            while (end < order.Length && targets[order[end]] == segment)
                end++;
            for (var column = 0; column < width; column++)
            {
                for (var i = start; i < end; i++)
                    joiner.Add(input[order[i] * width + column]);
                result[(int)(segment * width + column)] = joiner.Take();
            }
            start = end;
        }
    }
}
