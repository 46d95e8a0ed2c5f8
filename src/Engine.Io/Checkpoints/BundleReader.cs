using System.Collections.Concurrent;
using System.Text;
using Engine.Io.Files;
using Engine.Io.Tables;
using Engine.Io.Tensors;
using Engine.Runtime;
using Google.Protobuf;

namespace Engine.Io.Checkpoints;

/// <summary>
/// Reads a V2 checkpoint (<c>docs/formats/bundle.md</c>): a table of entries, <c>prefix.index</c>, and shards of raw bytes. The shards are mapped, not
/// read: a tensor of a fixed-size type that is not small is the file's own memory, checked against its CRC the first time. Safe for threads.
/// </summary>
internal sealed class BundleReader : ICheckpoint
{
    private const int FormatVersion = 1;

    /// <summary>Smaller tensors are copied: that costs less than to keep account of who uses the mapped file.</summary>
    private const int MapFrom = 4096;

    private readonly string prefix;
    private readonly TableReader index;
    private readonly Protos.BundleHeaderProto header;
    private readonly ConcurrentDictionary<int, Lazy<MappedFile>> shards = new();
    private readonly ConcurrentDictionary<(int Shard, long Offset, long Size, uint Crc), bool> verified = new();

    /// <summary>Opens the checkpoint <paramref name="prefix"/>; shards are opened when a tensor needs them.</summary>
    /// <exception cref="InvalidModelException">NOT_FOUND, DATA_LOSS, INVALID_ARGUMENT for a version from the future, INTERNAL for a table without entries.</exception>
    internal BundleReader(string prefix)
    {
        this.prefix = prefix;
        index = new TableReader(prefix + ".index");
        try
        {
            header = ReadHeader();
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    /// <summary>The number of shards that the data files are named with.</summary>
    internal int ShardCount => header.NumShards;

    private bool IsSwapped => header.Endianness == Protos.BundleHeaderProto.Types.Endianness.Big == BitConverter.IsLittleEndian;

    public IEnumerable<(byte[] Name, DType Type, Shape Shape)> List()
    {
        // Parts are stored under keys of their own, which are no names.
        var hidden = new HashSet<string>();
        var entries = new List<(byte[] Key, BundleEntry Entry)>();
        foreach (var (key, value) in index.Entries())
        {
            if (key.Length == 0)
                continue;
            var entry = BundleEntry.Parse(value, key, index.Path);
            entries.Add((key, entry));
            foreach (var slice in entry.Slices)
                hidden.Add(Convert.ToHexString(slice.Key(key)));
        }
        return entries.Where(e => e.Key[0] != 0 || !hidden.Contains(Convert.ToHexString(e.Key))).Select(e => (e.Key, e.Entry.Type, e.Entry.Shape));
    }

    public IEnumerable<(byte[] Name, DType Type, Shape Shape, int Parts)> ListStored()
        => from e in index.Entries()
           where e.Key.Length > 0
           let entry = BundleEntry.Parse(e.Value, e.Key, index.Path)
           where entry.Slices.IsEmpty
           select (e.Key, entry.Type, entry.Shape, 1);

    public void Verify()
    {
        foreach (var (key, value) in index.Entries())
        {
            if (key.Length == 0)
                continue;
            var entry = BundleEntry.Parse(value, key, index.Path);
            if (entry.Slices.IsEmpty)
            {
                ReadEntry(entry, key, WorkerTeam.Shared).Dispose();
                continue;
            }
            SliceAssembly.CheckAll(entry.Slices, entry.Shape, Text(key), index.Path);
            foreach (var slice in entry.Slices)
                ReadPart(entry, key, slice, WorkerTeam.Shared).Dispose();
        }
    }

    public StoredTensor? Find(byte[] name) => FindEntry(name) is { } entry ? new BundleTensor(this, name, entry) : null;

    public InvalidModelException Missing(byte[] name)
        => new(StatusCode.NotFound, index.Path, $"Key {(name.Length > 0 && name[0] == 0 ? Convert.ToHexString(name) : Text(name))} not found in checkpoint.");

    /// <summary>A tensor, or a part of it, put together if need be.</summary>
    internal Tensor Read(BundleEntry entry, byte[] name, TensorSlice? slice, WorkerTeam? workers)
    {
        if (entry.Slices.IsEmpty && slice is null or { IsFull: true })
            return ReadEntry(entry, name, workers);
        if (slice is not null && slice.Rank != entry.Shape.Rank)
            throw EngineException.InvalidArgument($"Slice {slice} of '{Text(name)}' has another rank than its shape {entry.Shape}.");
        SliceAssembly.Check(entry.Slices, entry.Shape, Text(name), index.Path);
        IReadOnlyList<TensorSlice> parts = entry.Slices.IsEmpty ? [TensorSlice.Full(entry.Shape.Rank)] : entry.Slices;
        return SliceAssembly.Read(entry.Type, entry.Shape, slice ?? TensorSlice.Full(entry.Shape.Rank), parts,
            part => entry.Slices.IsEmpty ? ReadEntry(entry, name, workers) : ReadPart(entry, name, part, workers), Text(name), () => StoredBytes(entry, name) / Math.Max(1, entry.Type.IsObject() ? 1 : entry.Type.Size()));
    }

    public void Dispose()
    {
        index.Dispose();
        foreach (var shard in shards.Values)
        {
            if (shard.IsValueCreated)
                shard.Value.Dispose();
        }
    }

    private static string Text(ReadOnlySpan<byte> name) => Encoding.UTF8.GetString(name);

    private Protos.BundleHeaderProto ReadHeader()
    {
        var first = index.Entries().FirstOrDefault();
        if (first.Key is null)
            throw new InvalidModelException(StatusCode.Internal, index.Path, "the table has no entries, not even a header.");
        if (first.Key.Length > 0)
            throw new InvalidModelException(StatusCode.DataLoss, index.Path, "the first entry must be the header, under the empty key.");
        try
        {
            var parsed = Protos.BundleHeaderProto.Parser.ParseFrom(first.Value.Span);
            CheckVersion(parsed.Version);
            return parsed;
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidModelException(StatusCode.DataLoss, index.Path, $"unable to parse the header: {e.Message}", inner: e);
        }
    }

    private void CheckVersion(Protos.VersionDef? version)
    {
        var problem = version is null ? null
            : version.Producer < 0 ? $"its producer version {version.Producer} is below 0"
            : version.MinConsumer > FormatVersion ? $"it is for readers of version {version.MinConsumer} and later"
            : version.BadConsumers.Contains(FormatVersion) ? "it excludes readers of this version"
            : null;
        if (problem is not null)
            throw new InvalidModelException(StatusCode.InvalidArgument, index.Path, $"the checkpoint cannot be read: {problem} (this reader: {FormatVersion}).");
    }

    private BundleEntry? FindEntry(ReadOnlySpan<byte> key)
        => index.Find(key) is not { } value ? null : BundleEntry.Parse(value, key, index.Path);

    private BundleEntry PartOf(byte[] name, TensorSlice part)
    {
        var key = part.Key(name);
        return FindEntry(key) ?? throw Missing(key);
    }

    private Tensor ReadPart(BundleEntry whole, byte[] name, TensorSlice part, WorkerTeam? workers)
    {
        var entry = PartOf(name, part);
        var count = part.Of(whole.Shape).Count;
        if (entry.Type != whole.Type || entry.Shape.Count != count)
            throw new InvalidModelException(StatusCode.DataLoss, index.Path, $"slice {part} of '{Text(name)}' is {entry.Type.Name()}{entry.Shape}, which does not fit {whole.Type.Name()}{whole.Shape}.");
        return ReadEntry(entry, name, workers);
    }

    // Parts of one tensor do not overlap in the files either, so that all files together hold at least as much as it has.
    private long StoredBytes(BundleEntry entry, byte[] name)
    {
        var files = entry.Slices.IsEmpty ? [entry.Shard] : entry.Slices.Select(s => PartOf(name, s).Shard).Distinct().ToArray();
        return files.Sum(f => Shard(f).Length);
    }

    private Tensor ReadEntry(BundleEntry entry, byte[] name, WorkerTeam? workers)
    {
        var (type, shape) = (entry.Type, entry.Shape);
        if (!type.IsKnown() || type.IsRef())
            throw new InvalidModelException(StatusCode.DataLoss, index.Path, $"the entry of '{Text(name)}' has the unknown dtype {(int)type}.");
        if (type == DType.String)
            return BundleObjects.ReadStrings(entry, OpenShard(entry), ShardPath(entry.Shard), IsSwapped);
        if (type == DType.Variant && IsSwapped)
            throw new InvalidModelException(StatusCode.Unimplemented, index.Path, "variants of a machine of the other byte order cannot be read.");
        if (type == DType.Variant)
            return BundleObjects.ReadVariants(entry, OpenShard(entry), ShardPath(entry.Shard));
        if (type.IsObject())
            throw new InvalidModelException(StatusCode.Unimplemented, index.Path, $"'{Text(name)}' is of type {type.Name()}, which cannot be restored.");
        if (Math.BigMul(shape.Count, type.Size(), out var bytes) != 0 || bytes != entry.Size)
            throw new InvalidModelException(StatusCode.DataLoss, index.Path, $"Invalid size in bundle entry: '{Text(name)}' of {type.Name()}{shape} has {entry.Size} bytes.");
        var shard = OpenShard(entry);
        if (shape.Count == 0)
            return Tensor.Zeros(type, shape);
        Verify(entry, shard, name, workers);
        var address = shard.Address + (nint)entry.Offset;
        return entry.Size < MapFrom || MustCopy(type, address, entry.Size) ? Copy(type, shape, address) : Tensor.Map(type, shape, address, entry.Size, shard.Lease(), isFile: true);
    }

    private MappedFile OpenShard(BundleEntry entry)
    {
        var shard = Shard(entry.Shard);
        if (entry.Offset < 0 || entry.Size < 0 || entry.Offset > long.MaxValue - entry.Size)
            throw new InvalidModelException(StatusCode.InvalidArgument, ShardPath(entry.Shard), $"there can be no {entry.Size} bytes at {entry.Offset}.");
        if (entry.Type.Size() > 0 && entry.Offset + entry.Size > shard.Length)
            throw new InvalidModelException(StatusCode.OutOfRange, ShardPath(entry.Shard), $"{entry.Size} bytes are needed, but the file ends at byte {shard.Length}.", entry.Offset);
        return shard;
    }

    private MappedFile Shard(int number)
    {
        if (!shards.TryGetValue(number, out var opened))
            opened = shards.GetOrAdd(number, s => new(() => new MappedFile(ShardPath(s))));
        return opened.Value;
    }

    private string ShardPath(int shard) => ShardNames.DataFile(prefix, shard, header.NumShards);

    private void Verify(BundleEntry entry, MappedFile shard, byte[] name, WorkerTeam? workers)
    {
        var key = (entry.Shard, entry.Offset, entry.Size, entry.MaskedCrc);
        if (entry.Size >= MapFrom && verified.ContainsKey(key))
            return;
        var found = ShardChecksum.Compute(shard, entry.Offset, entry.Size, workers);
        if (found != Crc32C.Unmask(entry.MaskedCrc))
            throw new InvalidModelException(StatusCode.DataLoss, ShardPath(entry.Shard), $"Checksum does not match: '{Text(name)}' was stored with {Crc32C.Unmask(entry.MaskedCrc):x8}, its bytes have {found:x8}.", entry.Offset);
        if (entry.Size >= MapFrom)
            verified.TryAdd(key, true);
    }

    // What is not in memory as a tensor is in the file.
    private unsafe bool MustCopy(DType type, nint address, long size)
        => (IsSwapped && type.Size() > 1) || type is DType.Int4 or DType.UInt4
            || (type == DType.Bool && !Chunks.All((byte*)address, size, static s => !s.ContainsAnyExceptInRange((byte)0, (byte)1)));

    private unsafe Tensor Copy(DType type, Shape shape, nint address)
    {
        var t = Tensor.Allocate(type, shape);
        var target = t.Pointer<byte>();
        var size = type.Size() * shape.Count;
        Buffer.MemoryCopy((byte*)address, target, size, size);
        if (!IsSwapped && type is not (DType.Int4 or DType.UInt4 or DType.Bool))
            return t;
        Chunks.ForEach(target, size, span =>
        {
            if (IsSwapped)
                ByteOrder.Swap(type, span);
            foreach (ref var b in span)
            {
                b = type switch
                {
                    DType.Int4 => (byte)((sbyte)(b << 4) >> 4),
                    DType.UInt4 => (byte)(b & 15),
                    DType.Bool => b == 0 ? (byte)0 : (byte)1,
                    _ => b,
                };
            }
        });
        return t;
    }
}
