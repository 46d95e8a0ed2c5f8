namespace Engine.Models;

/// <summary>A model at one batch size and thread count: the engine first, then the peers; null for who could not run it.</summary>
internal sealed record ComparisonRow(string Model, int Batch, int Threads, IReadOnlyList<Timing?> Timings)
{
    internal Timing? Engine => Timings[0];

    internal Timing? Of(string name) => Timings.FirstOrDefault(t => t?.Name == name);

    /// <summary>Peer's median over ours: above 1 the engine is faster.</summary>
    internal double? Ratio(string peer) => Of(peer) is { } other && Engine is { } ours ? other.Median / ours.Median : null;
}
