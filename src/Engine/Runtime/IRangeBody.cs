namespace Engine.Runtime;

/// <summary>Work on a range of independent items, run by <see cref="WorkerTeam"/> in as many pieces as it likes.</summary>
public interface IRangeBody
{
    /// <summary>Does the items from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    /// <remarks>
    /// Called at the same time on several threads for ranges that do not overlap. What it computes for an item must not
    /// depend on where the ranges are cut.
    /// </remarks>
    void Invoke(long start, long end);
}
