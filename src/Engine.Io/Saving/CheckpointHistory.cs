using Engine.Io.Files;

namespace Engine.Io.Saving;

/// <summary>The checkpoints a saver has written and still keeps, oldest first, and which of them is deleted next.</summary>
internal sealed class CheckpointHistory
{
    private readonly List<(string Path, double Time)> kept = [];
    private readonly Queue<(string Path, double Time)> outdated = new();
    private readonly double secondsBetweenPreserved;
    private readonly TimeProvider clock;
    private double nextPreserved;

    internal CheckpointHistory(double hoursBetweenPreserved, TimeProvider clock)
    {
        this.clock = clock;
        secondsBetweenPreserved = hoursBetweenPreserved * 3600;
        nextPreserved = Now() + secondsBetweenPreserved;
    }

    internal IReadOnlyList<string> Paths => [.. kept.Select(c => c.Path)];

    /// <summary>Notes a checkpoint.</summary>
    /// <returns>The one to delete now, or null. One whose time has come is kept for good.</returns>
    internal string? Add(string path, int maxToKeep)
    {
        if (maxToKeep <= 0)
            return null;
        kept.RemoveAll(c => c.Path == path);
        kept.Add((path, Now()));
        if (kept.Count > maxToKeep)
        {
            outdated.Enqueue(kept[0]);
            kept.RemoveAt(0);
        }
        if (!outdated.TryDequeue(out var oldest))
            return null;
        if (oldest.Time > nextPreserved)
        {
            nextPreserved += secondsBetweenPreserved;
            return null;
        }
        return oldest.Path;
    }

    internal void Set(IEnumerable<(string Path, double Time)> checkpoints)
    {
        kept.Clear();
        kept.AddRange(checkpoints);
    }

    internal void Recover(IEnumerable<string> checkpoints) => Set(checkpoints
        .Where(CheckpointManagement.CheckpointExists)
        .Select(c => (c, CheckpointManagement.GetCheckpointTimes([c])[0])));

    private double Now() => (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
}
