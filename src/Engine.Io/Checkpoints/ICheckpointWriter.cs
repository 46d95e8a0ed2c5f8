namespace Engine.Io.Checkpoints;

/// <summary>Writes tensors by name, whatever the format. Nothing is visible before <see cref="Finish"/>, and what was there before stays until then.</summary>
internal interface ICheckpointWriter : IDisposable
{
    /// <summary>Adds a whole tensor.</summary>
    /// <exception cref="EngineException">UNIMPLEMENTED or INVALID_ARGUMENT for types that cannot be stored and for names that cannot be used.</exception>
    void Add(byte[] name, Tensor tensor);

    /// <summary>Adds a part of a tensor of shape <paramref name="full"/>.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT also when the part and <paramref name="tensor"/> differ in shape.</exception>
    void AddSlice(byte[] name, Shape full, TensorSlice slice, Tensor tensor);

    /// <summary>Makes the checkpoint visible, in place of one that has its name.</summary>
    /// <exception cref="EngineException">RESOURCE_EXHAUSTED for a full disk, …; the checkpoint that was there before is whole.</exception>
    void Finish();
}
