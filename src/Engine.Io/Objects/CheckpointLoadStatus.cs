namespace Engine.Io;

/// <summary>What <see cref="Checkpoint.Restore"/> matched. Nothing has to match unless one of these asserts it; each returns the status.</summary>
public sealed class CheckpointLoadStatus
{
    private readonly string path;
    private readonly int matched;

    internal CheckpointLoadStatus(string path, IReadOnlyList<string> unused, IReadOnlyList<string> unmatched, int matched)
    {
        this.path = path;
        this.matched = matched;
        UnusedKeys = unused;
        UnmatchedObjects = unmatched;
    }

    /// <summary>Keys of the checkpoint that no object took.</summary>
    public IReadOnlyList<string> UnusedKeys { get; }

    /// <summary>Variables and tables that the checkpoint did not have.</summary>
    public IReadOnlyList<string> UnmatchedObjects { get; }

    /// <summary>That every value of the checkpoint was taken, and every object has got one.</summary>
    /// <exception cref="EngineException">FAILED_PRECONDITION, naming what is left.</exception>
    public CheckpointLoadStatus AssertConsumed()
    {
        AssertExistingObjectsMatched();
        return UnusedKeys.Count == 0 ? this : throw EngineException.FailedPrecondition($"Unresolved values in checkpoint {path}: {string.Join(", ", UnusedKeys)}");
    }

    /// <summary>That every object has got a value.</summary>
    /// <exception cref="EngineException">FAILED_PRECONDITION, naming those that have not.</exception>
    public CheckpointLoadStatus AssertExistingObjectsMatched() => UnmatchedObjects.Count == 0
        ? this
        : throw EngineException.FailedPrecondition($"Objects without a value in checkpoint {path}: {string.Join(", ", UnmatchedObjects)}");

    /// <summary>That something matched.</summary>
    /// <exception cref="EngineException">FAILED_PRECONDITION.</exception>
    public CheckpointLoadStatus AssertNontrivialMatch() => matched > 0 ? this : throw EngineException.FailedPrecondition($"Nothing matched checkpoint {path}.");

    /// <summary>That values may be left over, which is always accepted here.</summary>
    public CheckpointLoadStatus ExpectPartial() => this;
}
