using Engine.Runtime;

namespace Engine.Io.Checkpoints;

/// <summary>A tensor of a checkpoint, found but not read. Safe for threads.</summary>
internal abstract class StoredTensor
{
    internal abstract DType Type { get; }

    /// <summary>Shape of the whole tensor.</summary>
    internal abstract Shape Shape { get; }

    /// <summary>Whether this very part is stored, so that nothing needs to be put together.</summary>
    internal abstract bool Stores(TensorSlice slice);

    /// <summary>Reads all of it, or a part.</summary>
    /// <param name="slice">The part, or null.</param>
    /// <param name="workers">Who takes part in reading a large one, or null.</param>
    /// <exception cref="EngineException">DATA_LOSS, OUT_OF_RANGE, NOT_FOUND for a missing file, …</exception>
    internal abstract Tensor Read(TensorSlice? slice = null, WorkerTeam? workers = null);
}
