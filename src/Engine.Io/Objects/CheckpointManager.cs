using System.Globalization;
using Engine.Io.Saving;
using Engine.Runtime;
using Engine.Variables;

namespace Engine.Io;

/// <summary>Keeps the most recent checkpoints of a folder (<c>tf.train.CheckpointManager</c>), also across restarts: what it keeps is in the state file.</summary>
public sealed class CheckpointManager
{
    private readonly Checkpoint checkpoint;
    private readonly TimeProvider clock;
    private readonly int? maxToKeep;
    private readonly double? secondsBetweenPreserved;
    private readonly GraphVariable? stepCounter;
    private readonly long? interval;
    private readonly Action<Session>? initialize;
    private readonly List<(string Path, double Time)> kept = [];
    private double lastPreserved;
    private long? lastStep;

    /// <summary>A manager of a folder.</summary>
    /// <param name="checkpoint">What is saved.</param>
    /// <param name="directory">The folder.</param>
    /// <param name="maxToKeep">How many checkpoints are kept; all when null.</param>
    /// <param name="keepCheckpointEveryNHours">How often a checkpoint is kept for good.</param>
    /// <param name="checkpointName">The prefix of names in the folder.</param>
    /// <param name="stepCounter">What counts steps, for <paramref name="checkpointInterval"/>.</param>
    /// <param name="checkpointInterval">Least number of steps between checkpoints.</param>
    /// <param name="initialize">What <see cref="RestoreOrInitialize"/> does without a checkpoint.</param>
    /// <param name="timeProvider">The clock; that of the system by default.</param>
    /// <exception cref="EngineException">INVALID_ARGUMENT when no checkpoint would be kept, or an interval has no counter.</exception>
    public CheckpointManager(Checkpoint checkpoint, string directory, int? maxToKeep, double? keepCheckpointEveryNHours = null, string checkpointName = "ckpt",
        GraphVariable? stepCounter = null, long? checkpointInterval = null, Action<Session>? initialize = null, TimeProvider? timeProvider = null)
    {
        if (maxToKeep <= 0)
            throw EngineException.InvalidArgument($"Expected a positive integer or null for `maxToKeep`, got {maxToKeep}.");
        if (checkpointInterval is not null && stepCounter is null)
            throw EngineException.InvalidArgument("`stepCounter` should be passed when `checkpointInterval` is set.");
        this.checkpoint = checkpoint;
        clock = timeProvider ?? TimeProvider.System;
        Directory = directory;
        this.maxToKeep = maxToKeep;
        secondsBetweenPreserved = keepCheckpointEveryNHours * 3600;
        Prefix = Path.Combine(directory, checkpointName);
        this.stepCounter = stepCounter;
        interval = checkpointInterval;
        this.initialize = initialize;
        Recover();
    }

    /// <summary>The folder.</summary>
    public string Directory { get; }

    /// <summary>The prefix of all checkpoints.</summary>
    public string Prefix { get; }

    /// <summary>The latest checkpoint, or null.</summary>
    public string? LatestCheckpoint { get; private set; }

    /// <summary>The checkpoints that may be deleted one day, oldest first; those kept for good are not among them.</summary>
    public IReadOnlyList<string> Checkpoints => [.. kept.Select(c => c.Path)];

    /// <summary>Saves, writes the state file, and deletes what is too old.</summary>
    /// <param name="session">The session.</param>
    /// <param name="checkpointNumber">The number in the name; the count of saves by default.</param>
    /// <param name="checkInterval">Whether nothing is saved while the interval has not passed.</param>
    /// <returns>The checkpoint; null when nothing was saved.</returns>
    public string? Save(Session session, long? checkpointNumber = null, bool checkInterval = true)
    {
        if (interval is { } steps)
        {
            using var step = stepCounter!.Evaluate(session);
            var now = step.Type == DType.Int64 ? step.Item<long>() : step.Item<int>();
            if (checkInterval && lastStep is { } last && now - last < steps)
                return null;
            lastStep = now;
        }
        System.IO.Directory.CreateDirectory(Directory);
        var path = string.Create(CultureInfo.InvariantCulture, $"{Prefix}-{checkpoint.Count(session, checkpointNumber)}");
        checkpoint.Write(session, path);
        AbandonedFiles.Remove(Prefix);
        kept.RemoveAll(c => c.Path == path);
        kept.Add((path, Now()));
        LatestCheckpoint = path;
        // Before anything is deleted, so that whoever reads the state finds what it names; and after.
        WriteState();
        if (Sweep())
            WriteState();
        return path;
    }

    /// <summary>Restores the latest checkpoint; without one, initialises.</summary>
    /// <returns>The checkpoint; null when there was none.</returns>
    public string? RestoreOrInitialize(Session session)
    {
        if (LatestCheckpoint is { } path)
        {
            checkpoint.Restore(session, path);
            if (stepCounter is not null)
            {
                using var step = stepCounter.Evaluate(session);
                lastStep = step.Type == DType.Int64 ? step.Item<long>() : step.Item<int>();
            }
            return path;
        }
        initialize?.Invoke(session);
        return null;
    }

    private bool Sweep()
    {
        var swept = false;
        while (maxToKeep is { } most && kept.Count > most)
        {
            var (path, time) = kept[0];
            kept.RemoveAt(0);
            swept = true;
            if (secondsBetweenPreserved is { } seconds && time - seconds >= lastPreserved)
                lastPreserved = time;
            else
                CheckpointManagement.RemoveCheckpoint(path);
        }
        return swept;
    }

    private void WriteState() => CheckpointStateFile.Write(Directory, LatestCheckpoint!, Checkpoints, null, [.. kept.Select(c => c.Time)], lastPreserved, relativePaths: true);

    private void Recover()
    {
        var now = Now();
        if (CheckpointManagement.GetCheckpointState(Directory) is not { } state)
        {
            lastPreserved = now - 1;
            return;
        }
        LatestCheckpoint = state.LatestPath;
        lastPreserved = Math.Min(state.LastPreservedTimestamp, now);
        for (var i = 0; i < state.Paths.Count; i++)
        {
            var time = Math.Min(i < state.Timestamps.Count ? state.Timestamps[i] : now, now);
            if (time > lastPreserved)
                kept.Add((state.Paths[i], time));
        }
    }

    private double Now() => (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
}
