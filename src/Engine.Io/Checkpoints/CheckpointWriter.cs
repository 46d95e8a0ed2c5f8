using System.Text;
using Engine.Io.Checkpoints;

namespace Engine.Io;

/// <summary>
/// Writes tensors to a checkpoint that TensorFlow reads. Everything goes to temporary files that get their names last: until <see cref="Finish"/> has
/// succeeded a checkpoint of the same name stays as it was, also when the process dies.
/// </summary>
public sealed class CheckpointWriter : IDisposable
{
    private readonly ICheckpointWriter writer;

    private CheckpointWriter(ICheckpointWriter writer) => this.writer = writer;

    /// <summary>
    /// Whether files are on disk before they get their names, so that not even a power failure leaves a damaged checkpoint. TensorFlow does not do that.
    /// For all writers that do not say otherwise, the ops that save among them.
    /// </summary>
    public static bool FlushesToDisk { get; set; } = true;

    /// <summary>Begins a checkpoint; makes the folder if only that is missing.</summary>
    /// <param name="prefix">Its name, without <c>.index</c>.</param>
    /// <param name="format">How to lay it out.</param>
    /// <param name="flushToDisk">See <see cref="FlushesToDisk"/>, which counts if this is null.</param>
    /// <exception cref="EngineException">NOT_FOUND, FAILED_PRECONDITION, PERMISSION_DENIED, RESOURCE_EXHAUSTED.</exception>
    public static CheckpointWriter Create(string prefix, CheckpointFormat format = CheckpointFormat.V2, bool? flushToDisk = null)
        => new(format == CheckpointFormat.V1 ? new SliceTableWriter(prefix, flushToDisk) : new BundleWriter(prefix, flushToDisk));

    /// <summary>Adds a tensor.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for a name that is there already, UNIMPLEMENTED for types that cannot be stored.</exception>
    public void Add(string name, Tensor tensor) => writer.Add(Encoding.UTF8.GetBytes(name), tensor);

    /// <summary>Adds a part of a tensor.</summary>
    /// <param name="name">The name of the whole tensor.</param>
    /// <param name="shapeAndSlice">Its full shape and one part per dimension, <c>10 20 0,5:-</c>; empty for all of it.</param>
    /// <param name="tensor">The part.</param>
    /// <exception cref="EngineException">INVALID_ARGUMENT also when the part and the tensor differ in shape.</exception>
    public void Add(string name, string shapeAndSlice, Tensor tensor)
    {
        if (shapeAndSlice.Length == 0)
        {
            Add(name, tensor);
            return;
        }
        var (full, slice) = TensorSlice.ParseSpec(shapeAndSlice);
        writer.AddSlice(Encoding.UTF8.GetBytes(name), full, slice, tensor);
    }

    /// <summary>Makes the checkpoint visible, in place of one that has its name.</summary>
    /// <exception cref="EngineException">RESOURCE_EXHAUSTED for a full disk, …; what was there before is whole.</exception>
    public void Finish() => writer.Finish();

    /// <summary>Removes what was written unless it was finished.</summary>
    public void Dispose() => writer.Dispose();
}
