using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>The attributes of local response normalisation.</summary>
internal sealed class ResponseWindow(KernelBuilder node)
{
    private readonly long radius = node.Int("depth_radius") is var r && r is >= 0 and < int.MaxValue ? r : throw node.Fail($"depth_radius = {r} must be at least 0 and below {int.MaxValue}");
    private readonly float bias = node.Float("bias");

    internal float Alpha { get; } = node.Float("alpha");

    internal float Beta { get; } = node.Float("beta");

    /// <summary>First and last (exclusive) neighbour of a channel.</summary>
    internal (long First, long End) Neighbours(long channel, long depth) => (Math.Max(0, channel - radius), Math.Min(depth, channel + radius + 1));

    /// <summary>bias + alpha · sum of squares.</summary>
    internal unsafe float Norm(float* pixel, long channel, long depth)
    {
        var (first, end) = Neighbours(channel, depth);
        var sum = 0f;
        for (var k = first; k < end; k++)
            sum += pixel[k] * pixel[k];
        return bias + Alpha * sum;
    }
}
