namespace Engine.Ops.Traversal;

/// <summary>When work is large enough for threads.</summary>
internal static class Parallel
{
    /// <summary>Below this many cycles in all, waking another thread costs more than it brings.</summary>
    internal const long MinimumCycles = 50_000;
}
