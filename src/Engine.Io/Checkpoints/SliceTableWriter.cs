using System.Text;
using Engine.Io.Files;
using Engine.Io.Tables;
using Engine.Io.Tensors;
using Google.Protobuf;

namespace Engine.Io.Checkpoints;

/// <summary>
/// Writes a V1 checkpoint of one file: a table whose first value lists tensors and their parts; every other value holds the elements of one part. As in
/// TensorFlow all is kept until the end, because the table is sorted. <see cref="SliceTableReader"/> reads it.
/// </summary>
internal sealed class SliceTableWriter : ICheckpointWriter
{
    private readonly string path;
    private readonly bool flush;
    private readonly NewFile file;
    private readonly Dictionary<string, Protos.SavedSliceMeta> tensors = [];
    private readonly Protos.SavedTensorSliceMeta meta = new() { Versions = new() { Producer = 1 } };
    private readonly SortedDictionary<byte[], byte[]> parts = new(KeyOrder.Instance);

    /// <summary>Begins a checkpoint; its folder must be there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="flush">Whether it is on disk before it gets its name; null for <see cref="CheckpointWriter.FlushesToDisk"/>.</param>
    internal SliceTableWriter(string path, bool? flush = null)
    {
        this.path = path;
        this.flush = flush ?? CheckpointWriter.FlushesToDisk;
        file = new NewFile(path);
    }

    public void Add(byte[] name, Tensor tensor) => AddPart(name, tensor.Shape, TensorSlice.Full(tensor.Rank), tensor);

    public void AddSlice(byte[] name, Shape full, TensorSlice slice, Tensor tensor)
    {
        var part = slice.Of(full);
        if (part != tensor.Shape)
            throw EngineException.InvalidArgument($"Slice {slice} of shape {full} has shape {part}, but the tensor has shape {tensor.Shape}.");
        AddPart(name, full, slice, tensor);
    }

    public void Finish()
    {
        try
        {
            var table = new TableWriter(new FileStream(file.Handle, FileAccess.Write, 0));
            table.Add([], new Protos.SavedTensorSlices { Meta = meta }.ToByteArray());
            foreach (var (key, value) in parts)
                table.Add(key, value);
            table.Finish();
        }
        catch (Exception e) when (FileErrors.Convert(e, path) is { } converted)
        {
            throw converted;
        }
        file.Close(flush);
        file.Publish();
    }

    public void Dispose() => file.Dispose();

    private void AddPart(byte[] name, Shape full, TensorSlice slice, Tensor tensor)
    {
        var text = Encoding.UTF8.GetString(name);
        Check(tensor, text);
        if (!tensors.TryGetValue(text, out var info))
        {
            tensors[text] = info = new() { Name = text, Shape = ShapeProtos.ToProto(full), Type = (Protos.DataType)(int)tensor.Type };
            meta.Tensor.Add(info);
        }
        else if (ShapeProtos.ToShape(info.Shape) is var known && known != full)
        {
            throw EngineException.Internal($"Mismatching shapes: existing tensor = {known}, trying to add name {text}, shape = {full}");
        }
        else if (info.Type != (Protos.DataType)(int)tensor.Type)
        {
            throw EngineException.Internal($"Mismatching types: existing type = {((DType)(int)info.Type).Name()}, trying to add name {text}, type = {tensor.Type.Name()}");
        }
        var key = slice.Key(name);
        if (parts.ContainsKey(key))
            return;
        info.Slice.Add(slice.ToProto());
        var data = new Protos.SavedSlice { Name = text, Slice = slice.ToProto(), Data = TensorEncoder.EncodeValues(tensor) };
        parts[key] = new Protos.SavedTensorSlices { Data = data }.ToByteArray();
    }

    // What TensorFlow's own writer refuses, its readers do not know.
    private static void Check(Tensor tensor, string name)
    {
        var bytes = tensor.Type switch
        {
            DType.Float32 => 4,
            DType.Float64 or DType.Complex64 => 8,
            DType.Complex128 => 16,
            DType.Int32 or DType.Int64 or DType.Int16 or DType.Int8 or DType.QInt8 or DType.QInt32 => 10,
            DType.UInt16 or DType.Float16 => 3,
            DType.UInt8 or DType.QUInt8 => 2,
            DType.Bool => 1,
            DType.String => 1,
            DType.UInt32 or DType.UInt64 => throw EngineException.InvalidArgument($"Tensor slice serialization not implemented for dtype {(int)tensor.Type}"),
            _ => throw EngineException.Unimplemented($"Saving data type {tensor.Type.Name()} not yet supported"),
        };
        var size = tensor.Type == DType.String ? tensor.AsSpan<byte[]>().ToArray().Sum(s => 12L + s.Length) : (Int128)bytes * tensor.Count;
        if (size + 1024 > int.MaxValue)
            throw EngineException.InvalidArgument($"Tensor slice is too large to serialize (conservative estimate: {size + 1024} bytes): '{name}'");
    }
}
