namespace Engine.Io.Checkpoints;

/// <summary>Tensors by name, whatever the format that stores them. Names are bytes: not all are valid text. Safe for threads.</summary>
internal interface ICheckpoint : IDisposable
{
    /// <summary>All tensors, in the order of their names' bytes.</summary>
    /// <exception cref="InvalidModelException">DATA_LOSS when an entry is damaged.</exception>
    IEnumerable<(byte[] Name, DType Type, Shape Shape)> List();

    /// <summary>What TensorFlow's debug string lists: of a V2 checkpoint, parts under their keys instead of the tensors they are parts of; of a V1 checkpoint, the number of parts.</summary>
    /// <exception cref="InvalidModelException">DATA_LOSS when an entry is damaged.</exception>
    IEnumerable<(byte[] Name, DType Type, Shape Shape, int Parts)> ListStored();

    /// <summary>Reads everything and checks all checksums.</summary>
    /// <exception cref="EngineException">The first damage.</exception>
    void Verify();

    /// <summary>A tensor, or null when there is none of that name.</summary>
    /// <exception cref="InvalidModelException">DATA_LOSS when its entry is damaged.</exception>
    StoredTensor? Find(byte[] name);

    /// <summary>Reads a whole tensor.</summary>
    /// <exception cref="EngineException">NOT_FOUND, DATA_LOSS, …</exception>
    Tensor Read(byte[] name) => (Find(name) ?? throw Missing(name)).Read();

    /// <summary>The error that there is no tensor of that name.</summary>
    InvalidModelException Missing(byte[] name);
}
