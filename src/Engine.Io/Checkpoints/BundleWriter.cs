using System.Buffers.Binary;
using System.Text;
using Engine.Io.Files;
using Engine.Io.Tables;
using Engine.Io.Tensors;
using Google.Protobuf;

namespace Engine.Io.Checkpoints;

/// <summary>
/// Writes a V2 checkpoint of one shard (<c>docs/formats/bundle.md</c>). Data and index go to temporary files; the data get their name first, the index last.
/// Over an existing checkpoint the data get a name that its index does not use, and the old data go when the new index is in place: whatever happens
/// meanwhile, the old checkpoint or the new one is there. <see cref="BundleReader"/> reads it.
/// </summary>
internal sealed class BundleWriter : ICheckpointWriter
{
    private readonly string prefix;
    private readonly bool flush;
    private readonly NewFile file;
    private readonly ShardWriter data;
    private readonly SortedDictionary<byte[], Protos.BundleEntryProto> entries = new(KeyOrder.Instance);

    /// <summary>Begins a checkpoint; makes the folder if only that is missing.</summary>
    /// <param name="prefix">The name.</param>
    /// <param name="flush">Whether files are on disk before they get their names; null for <see cref="CheckpointWriter.FlushesToDisk"/>.</param>
    internal BundleWriter(string prefix, bool? flush = null)
    {
        this.prefix = prefix;
        this.flush = flush ?? CheckpointWriter.FlushesToDisk;
        FileErrors.CreateFolderOf(prefix);
        file = new NewFile(ShardNames.DataFile(prefix, 0, 1));
        data = new ShardWriter(file);
    }

    public void Add(byte[] name, Tensor tensor) => AddEntry(name, tensor);

    public void AddSlice(byte[] name, Shape full, TensorSlice slice, Tensor tensor)
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

    public void Finish()
    {
        using var index = new NewFile(prefix + ".index");
        var count = ShardNames.FreeCount(prefix, 1);
        var shard = count - 1;
        try
        {
            data.Flush();
            foreach (var entry in entries.Values)
            {
                if (entry.Slices.Count == 0)
                    entry.ShardId = shard;
            }
            WriteIndex(new FileStream(index.Handle, FileAccess.Write, 0), entries, count);
        }
        catch (Exception e) when (FileErrors.Convert(e, prefix) is { } converted)
        {
            throw converted;
        }
        // All is written: only names change from here on.
        file.Close(flush);
        index.Close(flush);
        var dataFile = ShardNames.DataFile(prefix, shard, count);
        file.Publish(dataFile);
        try
        {
            index.Publish();
        }
        catch
        {
            FileErrors.TryDelete(dataFile);
            throw;
        }
        ShardNames.RemoveOthers(prefix, count, [shard]);
    }

    public void Dispose() => file.Dispose();

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
        var entry = new Protos.BundleEntryProto { Dtype = (Protos.DataType)(int)tensor.Type, Shape = ShapeProtos.ToProto(tensor.Shape), Offset = data.Position };
        if (key.Length == 0 || !entries.TryAdd(key, entry))
            throw EngineException.InvalidArgument(key.Length == 0 ? "A tensor to save needs a name." : $"Adding duplicate key: {Encoding.UTF8.GetString(key)}");
        data.Crc = 0;
        try
        {
            switch (tensor.Type)
            {
                case DType.String:
                    WriteStrings(tensor);
                    break;
                case DType.Variant:
                    WriteVariants(tensor);
                    break;
                case DType.Resource:
                    throw EngineException.Unimplemented($"Tensors of type {tensor.Type.Name()} cannot be saved.");
                default:
                    WritePlain(tensor);
                    break;
            }
        }
        catch (Exception e) when (FileErrors.Convert(e, prefix) is { } converted)
        {
            throw converted;
        }
        entry.Crc32C = Crc32C.Mask(data.Crc);
        entry.Size = data.Position - entry.Offset;
    }

    private unsafe void WritePlain(Tensor tensor)
    {
        if (tensor.Type is DType.Int4 or DType.UInt4)
        {
            // Files have the value in the low four bits, and zeros above.
            Chunks.ForEach(tensor.Pointer<byte>(), tensor.ByteLength, 1 << 16, span =>
            {
                Span<byte> bits = stackalloc byte[span.Length];
                for (var i = 0; i < bits.Length; i++)
                    bits[i] = (byte)(span[i] & 15);
                data.Append(bits);
            });
        }
        else
        {
            data.Append(tensor.Pointer<byte>(), tensor.ByteLength);
        }
        GC.KeepAlive(tensor);
    }

    private void WriteStrings(Tensor tensor)
    {
        Span<byte> word = stackalloc byte[4];
        foreach (var s in tensor.AsSpan<byte[]>())
        {
            // The checksum covers a length as a number, not as the varint that is stored.
            data.AppendVarint((ulong)s.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(word, (uint)s.Length);
            data.Crc = Crc32C.Extend(data.Crc, word);
        }
        data.AppendMaskedCrc();
        foreach (var s in tensor.AsSpan<byte[]>())
            data.Append(s);
    }

    private void WriteVariants(Tensor tensor)
    {
        Span<byte> word = stackalloc byte[8];
        foreach (var item in tensor.AsSpan<object>())
        {
            var message = VariantCodec.Encode(item).ToByteArray();
            data.AppendVarint((ulong)message.Length);
            BinaryPrimitives.WriteUInt64LittleEndian(word, (ulong)message.Length);
            data.Crc = Crc32C.Extend(data.Crc, word);
            data.Append(message);
            data.AppendMaskedCrc();
        }
    }
}
