using System.Text;
using Engine.Io.Checkpoints;
using Engine.Io.Files;
using Engine.Runtime;
using Google.Protobuf.Reflection;

namespace Engine.Io;

/// <summary>Reads tensors of a checkpoint, V1 or V2, by name. Tensors map the files where they can and stay valid after the reader is disposed.</summary>
public sealed class CheckpointReader : IDisposable
{
    private readonly ICheckpoint checkpoint;

    private CheckpointReader(ICheckpoint checkpoint) => this.checkpoint = checkpoint;

    /// <summary>All tensors, in the order of their names' bytes.</summary>
    /// <exception cref="InvalidModelException">DATA_LOSS when an entry is damaged.</exception>
    public IReadOnlyList<CheckpointTensor> Tensors => field ??= [.. checkpoint.List().Select(t => new CheckpointTensor(Encoding.UTF8.GetString(t.Name), t.Type, t.Shape))];

    internal ICheckpoint Checkpoint => checkpoint;

    /// <summary>Whether this is a V1 checkpoint.</summary>
    internal bool IsV1 => checkpoint is SliceTableReader;

    /// <summary>Opens a checkpoint.</summary>
    /// <param name="prefix">What was given to save: <c>model.ckpt-100</c>, without <c>.index</c>; of a V1 checkpoint the file, or a pattern of its shards.</param>
    /// <exception cref="InvalidModelException">NOT_FOUND; DATA_LOSS when the files are damaged or no checkpoint.</exception>
    public static CheckpointReader Open(string prefix) => new(OpenFiles(prefix));

    /// <summary>The tensor of this name, or null.</summary>
    public CheckpointTensor? Find(string name) => checkpoint.Find(Encoding.UTF8.GetBytes(name)) is { } t ? new(name, t.Type, t.Shape) : null;

    /// <summary>Whether there is a tensor of this name.</summary>
    public bool Has(string name) => checkpoint.Find(Encoding.UTF8.GetBytes(name)) is not null;

    /// <summary>Reads a tensor; a partitioned one is put together. The caller disposes it.</summary>
    /// <exception cref="EngineException">NOT_FOUND; DATA_LOSS for a wrong checksum; OUT_OF_RANGE when a file is too short.</exception>
    public Tensor Read(string name) => Find(Encoding.UTF8.GetBytes(name)).Read(null, WorkerTeam.Shared);

    /// <summary>Reads a part of a tensor.</summary>
    /// <param name="name">The name.</param>
    /// <param name="shapeAndSlice">Full shape and one part per dimension, <c>10 20 0,5:-</c>.</param>
    /// <exception cref="EngineException">INVALID_ARGUMENT also for another full shape, or when the stored parts do not cover this one.</exception>
    public Tensor Read(string name, string shapeAndSlice)
    {
        var tensor = Find(Encoding.UTF8.GetBytes(name));
        var (shape, slice) = TensorSlice.ParseSpec(shapeAndSlice);
        if (tensor.Shape != shape)
            throw EngineException.InvalidArgument($"Shape in shape_and_slice spec {shape} does not match the shape in the save file: {tensor.Shape}");
        return tensor.Read(slice, WorkerTeam.Shared);
    }

    /// <summary>Reads the whole checkpoint and checks all its checksums.</summary>
    /// <exception cref="EngineException">The first damage found, as for <see cref="Read(string)"/>.</exception>
    public void Verify() => checkpoint.Verify();

    /// <summary>
    /// A line per tensor, as TensorFlow prints it: <c>name (DT_FLOAT) [2,3]</c>. Of a partitioned tensor in a V2 checkpoint the parts are listed, under
    /// their keys in the file. V1 checkpoints are sorted by name, and say how many parts a tensor has.
    /// </summary>
    /// <exception cref="InvalidModelException">DATA_LOSS when an entry is damaged.</exception>
    public string ToDebugString() => Encoding.UTF8.GetString(DebugBytes());

    /// <summary>The bytes of <see cref="ToDebugString"/>: names and keys need not be valid text.</summary>
    internal byte[] DebugBytes()
    {
        var types = Protos.TypesReflection.Descriptor.FindTypeByName<EnumDescriptor>("DataType");
        var text = new MemoryStream();
        foreach (var (name, type, shape, parts) in checkpoint.ListStored())
        {
            text.Write(name);
            text.Write(Encoding.UTF8.GetBytes($" ({types.FindValueByNumber((int)type)?.Name}) [{string.Join(',', shape.Dims.ToArray())}]{(parts > 1 ? $", {parts} slices" : "")}\n"));
        }
        return text.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => checkpoint.Dispose();

    private StoredTensor Find(byte[] name) => checkpoint.Find(name) ?? throw checkpoint.Missing(name);

    internal static ICheckpoint OpenFiles(string prefix)
    {
        if (FilePattern.Match(prefix + ".index") is [var index, ..])
            return new BundleReader(index[..^".index".Length]);
        return new SliceTableReader(prefix);
    }
}
