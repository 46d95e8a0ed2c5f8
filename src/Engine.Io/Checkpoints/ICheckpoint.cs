namespace Engine.Io.Checkpoints;

/// <summary>Tensors by name, whatever the format that stores them. Names are bytes: not all are valid text.</summary>
internal interface ICheckpoint : IDisposable
{
    /// <summary>All tensors, in the order of their names' bytes.</summary>
    /// <exception cref="InvalidModelException">DATA_LOSS when an entry is damaged.</exception>
    IEnumerable<(byte[] Name, DType Type, Shape Shape)> List();

    /// <summary>What TensorFlow's debug string lists: of a V2 checkpoint, parts under their keys instead of the tensors they are parts of.</summary>
    /// <exception cref="InvalidModelException">DATA_LOSS when an entry is damaged.</exception>
    IEnumerable<(byte[] Name, DType Type, Shape Shape)> ListStored();

    /// <summary>Reads everything and checks all checksums.</summary>
    /// <exception cref="EngineException">The first damage.</exception>
    void Verify();

    /// <summary>Type and shape of a tensor, or null.</summary>
    (DType Type, Shape Shape)? Find(ReadOnlySpan<byte> name);

    /// <summary>Whether this very part is stored, so that nothing needs to be put together.</summary>
    bool Stores(ReadOnlySpan<byte> name, TensorSlice slice);

    /// <summary>A tensor, or a part of it.</summary>
    /// <exception cref="EngineException">NOT_FOUND, DATA_LOSS, …</exception>
    Tensor Read(ReadOnlySpan<byte> name, TensorSlice? slice = null);
}
