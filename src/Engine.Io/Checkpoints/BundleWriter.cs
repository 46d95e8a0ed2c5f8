using System.Buffers.Binary;
using Engine.Io.Files;
using Engine.Io.Tables;
using Engine.Io.Tensors;
using Google.Protobuf;

namespace Engine.Io.Checkpoints;

/// <summary>
/// Writes a V2 checkpoint of one shard: the data first, the index last, each to a temporary file that is renamed when complete. An error leaves neither.
/// <see cref="BundleReader"/> reads it.
/// </summary>
internal sealed class BundleWriter : IDisposable
{
    private readonly string prefix;
    private readonly string temporary;
    private readonly FileStream data;
    private readonly SortedDictionary<byte[], Protos.BundleEntryProto> entries = new(KeyOrder.Instance);
    private long offset;
    private bool finished;

    /// <summary>Begins a checkpoint; makes the folder if only that is missing.</summary>
    internal BundleWriter(string prefix)
    {
        this.prefix = prefix;
        temporary = $"{DataPath}.tempstate{Random.Shared.NextInt64()}";
        try
        {
            FileErrors.CreateFolderOf(prefix);
            data = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20);
        }
        catch (Exception e) when (FileErrors.Convert(e, prefix) is { } converted)
        {
            throw converted;
        }
    }

    private string DataPath => prefix + ".data-00000-of-00001";

    /// <summary>Adds a whole tensor.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for a name that is there already, UNIMPLEMENTED for types that cannot be stored.</exception>
    internal void Add(byte[] name, Tensor tensor) => AddEntry(name, tensor);

    /// <summary>Adds a part of a tensor of shape <paramref name="full"/>.</summary>
    internal void AddSlice(byte[] name, Shape full, TensorSlice slice, Tensor tensor)
    {
        var part = slice.Of(full);
        if (part != tensor.Shape)
            throw EngineException.InvalidArgument($"Slice {slice} of shape {full} has shape {part}, but the tensor has shape {tensor.Shape}.");
        if (part == full)
        {
            AddEntry(name, tensor);
            return;
        }
        if (!entries.TryGetValue(name, out var whole))
            entries[name] = whole = new() { Dtype = (Protos.DataType)(int)tensor.Type, Shape = ShapeProtos.ToProto(full) };
        whole.Slices.Add(slice.ToProto());
        AddEntry(slice.Key(name), tensor);
    }

    /// <summary>Writes the index and makes both files visible.</summary>
    internal void Finish()
    {
        try
        {
            data.Dispose();
            File.Move(temporary, DataPath, overwrite: true);
            MessageFile.WriteBytes(prefix + ".index", stream => WriteIndex(stream, entries, shards: 1));
            finished = true;
        }
        catch (Exception e) when (FileErrors.Convert(e, prefix) is { } converted)
        {
            throw converted;
        }
    }

    public void Dispose()
    {
        data.Dispose();
        if (!finished)
            File.Delete(temporary);
    }

    /// <summary>Writes the table of a bundle's index.</summary>
    internal static void WriteIndex(Stream stream, SortedDictionary<byte[], Protos.BundleEntryProto> entries, int shards)
    {
        var table = new TableWriter(stream);
        table.Add([], new Protos.BundleHeaderProto { NumShards = shards, Version = new() { Producer = 1 } }.ToByteArray());
        foreach (var (key, entry) in entries)
            table.Add(key, entry.ToByteArray());
        table.Finish();
    }

    private void AddEntry(byte[] key, Tensor tensor)
    {
        var entry = new Protos.BundleEntryProto { Dtype = (Protos.DataType)(int)tensor.Type, Shape = ShapeProtos.ToProto(tensor.Shape), Offset = offset };
        if (key.Length == 0 || !entries.TryAdd(key, entry))
            throw EngineException.InvalidArgument(key.Length == 0 ? "A tensor to save needs a name." : $"Adding duplicate key: {System.Text.Encoding.UTF8.GetString(key)}");
        try
        {
            entry.Crc32C = Crc32C.Mask(tensor.Type == DType.String ? WriteStrings(tensor) : WritePlain(tensor));
        }
        catch (Exception e) when (FileErrors.Convert(e, prefix) is { } converted)
        {
            throw converted;
        }
        entry.Size = data.Position - offset;
        offset = data.Position;
    }

    private unsafe uint WritePlain(Tensor tensor)
    {
        if (tensor.Type.IsObject())
            throw EngineException.Unimplemented($"Tensors of type {tensor.Type.Name()} cannot be saved.");
        const int chunk = 1 << 24;
        var crc = 0u;
        for (var at = 0L; at < tensor.ByteLength; at += chunk)
        {
            ReadOnlySpan<byte> bytes = new(tensor.Pointer<byte>() + at, (int)Math.Min(chunk, tensor.ByteLength - at));
            if (tensor.Type == DType.Int4)
                bytes = LowBits(bytes);
            crc = Crc32C.Extend(crc, bytes);
            data.Write(bytes);
        }
        return crc;
    }

    // Files have the value in the low four bits, and zeros above.
    private static byte[] LowBits(ReadOnlySpan<byte> values)
    {
        var bits = new byte[values.Length];
        for (var i = 0; i < bits.Length; i++)
            bits[i] = (byte)(values[i] & 15);
        return bits;
    }

    private uint WriteStrings(Tensor tensor)
    {
        var crc = 0u;
        Span<byte> word = stackalloc byte[4];
        foreach (var s in tensor.AsSpan<byte[]>())
        {
            Varint.Write(data, (ulong)s.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(word, (uint)s.Length);
            crc = Crc32C.Extend(crc, word);
        }
        BinaryPrimitives.WriteUInt32LittleEndian(word, Crc32C.Mask(crc));
        data.Write(word);
        crc = Crc32C.Extend(crc, word);
        foreach (var s in tensor.AsSpan<byte[]>())
        {
            data.Write(s);
            crc = Crc32C.Extend(crc, s);
        }
        return crc;
    }
}
