using Engine.Io.Objects;
using Engine.Variables;

namespace Engine.Io;

/// <summary>
/// What <see cref="Checkpoint.Restore"/> has matched so far; objects that are tracked later join in. Nothing has to match unless one of these asserts it; each
/// returns the status.
/// </summary>
public sealed class CheckpointLoadStatus
{
    private readonly Restoration restoration;
    private readonly object counter;

    internal CheckpointLoadStatus(Restoration restoration, object counter)
    {
        this.restoration = restoration;
        this.counter = counter;
    }

    /// <summary>Keys of the checkpoint that no object has taken yet.</summary>
    public IReadOnlyList<string> UnusedKeys => restoration.UnusedKeys;

    /// <summary>Variables and tables that the checkpoint does not have.</summary>
    public IReadOnlyList<string> UnmatchedObjects => [.. restoration.Unmatched.Where(o => !ReferenceEquals(o, counter)).Select(o => o is GraphVariable v ? v.Name : ((TableSaveable)o).Name)];

    /// <summary>That every value of the checkpoint was taken, and every object has got one.</summary>
    /// <exception cref="EngineException">FAILED_PRECONDITION, naming what is left.</exception>
    public CheckpointLoadStatus AssertConsumed()
    {
        AssertExistingObjectsMatched();
        return UnusedKeys is [] ? this : throw EngineException.FailedPrecondition($"Unresolved values in checkpoint {restoration.Path}: {string.Join(", ", UnusedKeys)}");
    }

    /// <summary>That every object there is has got a value; the checkpoint may hold more.</summary>
    /// <exception cref="EngineException">FAILED_PRECONDITION, naming those that have not.</exception>
    public CheckpointLoadStatus AssertExistingObjectsMatched() => UnmatchedObjects is []
        ? this
        : throw EngineException.FailedPrecondition($"Objects without a value in checkpoint {restoration.Path}: {string.Join(", ", UnmatchedObjects)}");

    /// <summary>That something besides the root matched.</summary>
    /// <exception cref="EngineException">FAILED_PRECONDITION.</exception>
    public CheckpointLoadStatus AssertNontrivialMatch() => restoration.IsNontrivial && restoration.Matched.Any(o => !ReferenceEquals(o, counter))
        ? this
        : throw EngineException.FailedPrecondition($"Nothing matched checkpoint {restoration.Path}.");

    /// <summary>That values may be left over. Nothing warns of them here; it says so to the reader.</summary>
    public CheckpointLoadStatus ExpectPartial() => this;
}
