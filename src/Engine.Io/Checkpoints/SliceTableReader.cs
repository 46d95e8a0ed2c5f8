using System.Text;
using Engine.Io.Files;
using Engine.Io.Tables;
using Engine.Io.Tensors;
using Engine.Runtime;
using Google.Protobuf;

namespace Engine.Io.Checkpoints;

/// <summary>
/// Reads a V1 checkpoint: each file that matches the pattern is a table whose first value lists tensors and their parts; every other value holds the
/// elements of one part as a message. Safe for threads.
/// </summary>
internal sealed class SliceTableReader : ICheckpoint
{
    private readonly List<TableReader> files = [];
    private readonly SortedDictionary<byte[], TensorInfo> tensors = new(KeyOrder.Instance);
    private readonly string pattern;

    /// <summary>Opens all files that match.</summary>
    /// <exception cref="InvalidModelException">NOT_FOUND when none does; DATA_LOSS when one is no table, INTERNAL when it is not a checkpoint.</exception>
    internal SliceTableReader(string pattern)
    {
        this.pattern = pattern;
        var paths = FilePattern.Match(pattern);
        if (paths.Count == 0)
            throw new InvalidModelException(StatusCode.NotFound, pattern, "Failed to find any matching files.");
        try
        {
            foreach (var path in paths)
                AddFile(path);
            foreach (var (name, info) in tensors)
                SliceAssembly.Check([.. info.Parts.Keys], info.Shape, Encoding.UTF8.GetString(name), pattern);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IEnumerable<(byte[] Name, DType Type, Shape Shape)> List() => tensors.Select(t => (t.Key, t.Value.Type, t.Value.Shape));

    public IEnumerable<(byte[] Name, DType Type, Shape Shape, int Parts)> ListStored() => tensors.Select(t => (t.Key, t.Value.Type, t.Value.Shape, t.Value.Parts.Count));

    public void Verify()
    {
        foreach (var (name, info) in tensors)
        {
            SliceAssembly.CheckAll([.. info.Parts.Keys], info.Shape, Encoding.UTF8.GetString(name), pattern);
            foreach (var part in info.Parts.Keys)
                ReadPart(name, info, part).Dispose();
        }
    }

    public StoredTensor? Find(byte[] name) => tensors.TryGetValue(name, out var info) ? new SlicedTensor(name, info) : null;

    public InvalidModelException Missing(byte[] name)
        => new(StatusCode.NotFound, pattern, $"Tensor name \"{Encoding.UTF8.GetString(name)}\" not found in checkpoint files.");

    public void Dispose()
    {
        foreach (var f in files)
            f.Dispose();
    }

    private void AddFile(string path)
    {
        TableReader table;
        try
        {
            table = new TableReader(path);
        }
        catch (EngineException e)
        {
            throw new InvalidModelException(StatusCode.DataLoss, path, $"Unable to open table file: {e.Message}", inner: e);
        }
        files.Add(table);
        Protos.SavedTensorSlices first;
        try
        {
            first = table.Find([]) is { } value ? Protos.SavedTensorSlices.Parser.ParseFrom(value.Span) : throw NoMeta(path, null);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or EngineException { Code: StatusCode.DataLoss })
        {
            throw NoMeta(path, e);
        }
        // The index of a V2 checkpoint reads as a file without tensors.
        foreach (var meta in first.Meta?.Tensor ?? [])
            AddTensor(meta, table);
    }

    private void AddTensor(Protos.SavedSliceMeta meta, TableReader table)
    {
        var shape = ShapeProtos.ToShape(meta.Shape);
        var type = (DType)(int)meta.Type;
        if (!type.IsKnown() || type.IsRef())
            throw new InvalidModelException(StatusCode.DataLoss, table.Path, $"'{meta.Name}' has the unknown dtype {(int)type}.");
        var name = Encoding.UTF8.GetBytes(meta.Name);
        if (!tensors.TryGetValue(name, out var info))
            tensors[name] = info = new(type, shape, []);
        if (info.Type != type || info.Shape != shape)
            throw new InvalidModelException(StatusCode.Internal, table.Path, $"'{meta.Name}' is {type.Name()}{shape} here and {info.Type.Name()}{info.Shape} in another file.");
        foreach (var slice in meta.Slice)
        {
            if (!info.Parts.TryAdd(TensorSlice.FromProto(slice), table))
                throw new InvalidModelException(StatusCode.Internal, table.Path, $"'{meta.Name}' has overlapping slices.");
        }
    }

    private static Tensor ReadPart(byte[] name, TensorInfo info, TensorSlice part)
    {
        var table = info.Parts[part];
        var shape = part.Of(info.Shape);
        if (info.Type is DType.Resource or DType.Variant)
            throw new InvalidModelException(StatusCode.Unimplemented, table.Path, $"tensors of type {info.Type.Name()} cannot be restored.");
        Protos.TensorProto? data;
        try
        {
            data = table.Find(part.Key(name)) is { } value ? Protos.SavedTensorSlices.Parser.ParseFrom(value.Span).Data?.Data : null;
        }
        catch (InvalidProtocolBufferException e)
        {
            throw Damaged(e);
        }
        if (data is null || TensorDecoder.ValueCount(info.Type, data) != shape.Count)
            throw Damaged(null);
        return new TensorDecoder().DecodeValues(info.Type, shape, data);

        InvalidModelException Damaged(Exception? e)
            => new(StatusCode.InvalidArgument, table.Path, $"Error copying slice data: {part} of '{Encoding.UTF8.GetString(name)}' is missing or damaged.", inner: e);
    }

    private static InvalidModelException NoMeta(string path, Exception? e)
        => new(StatusCode.Internal, path, "Failed to find the saved tensor slices at the beginning of the checkpoint file.", inner: e);

    private sealed record TensorInfo(DType Type, Shape Shape, Dictionary<TensorSlice, TableReader> Parts);

    private sealed class SlicedTensor(byte[] name, TensorInfo info) : StoredTensor
    {
        internal override DType Type => info.Type;

        internal override Shape Shape => info.Shape;

        internal override bool Stores(TensorSlice slice) => info.Parts.ContainsKey(slice);

        internal override Tensor Read(TensorSlice? slice = null, WorkerTeam? workers = null)
        {
            var text = Encoding.UTF8.GetString(name);
            if (slice is not null && slice.Rank != info.Shape.Rank)
                throw EngineException.InvalidArgument($"Slice {slice} of '{text}' has another rank than its shape {info.Shape}.");
            return SliceAssembly.Read(info.Type, info.Shape, slice ?? TensorSlice.Full(info.Shape.Rank), [.. info.Parts.Keys], part => ReadPart(name, info, part), text, () => info.Parts.Values.Distinct().Sum(t => t.MaxContent));
        }
    }
}
