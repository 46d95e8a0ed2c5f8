using System.Buffers.Binary;
using Engine.Io.Checkpoints;
using Engine.Io.Tables;
using Google.Protobuf;

namespace Engine.Io.Tests.Checkpoints;

/// <summary>Small files that claim to be huge, with right checksums.</summary>
public class HostileCheckpointTests
{
    private const long Allowed = 256 << 20;

    // Each key is one byte longer than the one before and costs the file four bytes.
    [Fact]
    public void KeysThatShareAlmostEverything()
    {
        using var data = new TestData();
        var block = new BlockBuilder(int.MaxValue);
        block.Add([], new Protos.BundleHeaderProto { NumShards = 1 }.ToByteArray());
        for (var i = 1; i < 60_000; i++)
            block.Add(new byte[i], [8, 1, 18, 0]);
        WriteTable(data["m.index"], block.Finish());
        AssertRefused(StatusCode.DataLoss, () => _ = CheckpointReader.Open(data["m"]).Tensors);
    }

    [Fact]
    public void StringsWithoutBytes()
    {
        using var data = new TestData();
        Write(data, ("s", new() { Dtype = Protos.DataType.DtString, Shape = Shape(1L << 30), Size = 1L << 31 }));
        AssertRefused(StatusCode.OutOfRange, () => CheckpointReader.Open(data["m"]).Read("s"));
    }

    [Fact]
    public void PartsWithoutBytes()
    {
        using var data = new TestData();
        var whole = new Protos.BundleEntryProto { Dtype = Protos.DataType.DtFloat, Shape = Shape(1L << 33) };
        var entries = new List<(string, Protos.BundleEntryProto)> { ("v", whole) };
        for (var i = 0; i < 2; i++)
        {
            var (_, slice) = TensorSlice.ParseSpec($"8589934592 {i * (1L << 32)},4294967296");
            whole.Slices.Add(slice.ToProto());
            entries.Add((System.Text.Encoding.Latin1.GetString(slice.Key("v"u8)), new() { Dtype = Protos.DataType.DtFloat, Shape = Shape(1L << 32), Size = 1L << 34 }));
        }
        Write(data, [.. entries]);
        AssertRefused(StatusCode.OutOfRange, () => CheckpointReader.Open(data["m"]).Read("v"));
    }

    // Side by side in the second dimension: all of them start together in the first.
    [Fact]
    public void ManyPartsAreCheckedInTime()
    {
        using var data = new TestData();
        const int count = 30_000;
        var whole = new Protos.BundleEntryProto { Dtype = Protos.DataType.DtFloat, Shape = Shape(2, count) };
        for (var i = 0; i < count; i++)
            whole.Slices.Add(TensorSlice.ParseSpec($"2 {count} 0,2:{i},1").Slice.ToProto());
        Write(data, ("v", whole));
        AssertRefused(StatusCode.NotFound, () => CheckpointReader.Open(data["m"]).Read("v"));
    }

    private static Protos.TensorShapeProto Shape(params long[] dims)
    {
        var shape = new Protos.TensorShapeProto();
        shape.Dim.AddRange(dims.Select(d => new Protos.TensorShapeProto.Types.Dim { Size = d }));
        return shape;
    }

    private static void Write(TestData data, params (string Key, Protos.BundleEntryProto Entry)[] entries)
    {
        var sorted = new SortedDictionary<byte[], Protos.BundleEntryProto>(KeyOrder.Instance);
        foreach (var (key, entry) in entries)
            sorted.Add(System.Text.Encoding.Latin1.GetBytes(key), entry);
        using (var file = File.Create(data["m.index"]))
            BundleWriter.WriteIndex(file, sorted, 1);
        File.WriteAllBytes(data["m.data-00000-of-00001"], new byte[100]);
    }

    private static void WriteTable(string path, byte[] block)
    {
        using var file = File.Create(path);
        Append(file, block);
        var at = file.Position;
        var index = new BlockBuilder(1);
        var handle = new byte[2 * Varint.MaxBytes];
        var length = 1;
        length += Varint.Write(handle.AsSpan(length), (ulong)block.Length);
        index.Add([0xff], handle.AsSpan(0, length));
        var finished = index.Finish();
        Append(file, finished);
        var footer = new byte[Footer.Size];
        length = Varint.Write(footer, 0) + 1;
        length += Varint.Write(footer.AsSpan(length), (ulong)at);
        Varint.Write(footer.AsSpan(length), (ulong)finished.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(footer.AsSpan(Footer.Size - 8), Footer.Magic);
        file.Write(footer);
    }

    private static void Append(Stream file, byte[] block)
    {
        var trailer = new byte[BlockHandle.TrailerSize];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer.AsSpan(1), Crc32C.Mask(Crc32C.Extend(Crc32C.Compute(block), trailer.AsSpan(0, 1))));
        file.Write(block);
        file.Write(trailer);
    }

    private static void AssertRefused(StatusCode code, Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(code, Assert.ThrowsAny<EngineException>(action).Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Allowed);
    }
}
