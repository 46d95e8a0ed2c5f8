using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Engine.Io.Records;
using Engine.Io.Tables;

namespace Engine.Io.Tests.Records;

public sealed class TFRecordReaderTests : IDisposable
{
    private readonly TestData data = new();

    public static TheoryData<string> Expectations => [.. File.ReadLines(TestData.PathOf("records", "expected.jsonl"))];

    public static TheoryData<RecordCompression> Compressions => [RecordCompression.None, RecordCompression.Zlib, RecordCompression.Gzip];

    public void Dispose() => data.Dispose();

    [Theory]
    [MemberData(nameof(Expectations))]
    public void ReadsWhatTensorFlowReads(string line)
    {
        var expected = JsonDocument.Parse(line).RootElement;
        var (records, error) = ReadAll(TestData.PathOf("records", expected.GetProperty("file").GetString()!), RecordStreams.Named(expected.GetProperty("compression").GetString()!));
        var wanted = expected.GetProperty("records").EnumerateArray().ToArray();
        Assert.Equal(wanted.Length, records.Count);
        for (var i = 0; i < wanted.Length; i++)
        {
            if (wanted[i].ValueKind == JsonValueKind.String)
                Assert.Equal(wanted[i].GetBytesFromBase64(), records[i]);
            else
                Assert.Equal((wanted[i].GetProperty("length").GetInt32(), wanted[i].GetProperty("sha256").GetString()), (records[i].Length, Convert.ToHexStringLower(SHA256.HashData(records[i]))));
        }
        if (expected.GetProperty("error").ValueKind == JsonValueKind.Null)
            Assert.Null(error);
        else
            Assert.Equal(StatusCode.DataLoss, error?.Code);
    }

    [Theory]
    [MemberData(nameof(Compressions))]
    public void ReadsWhatTheWriterWrote(RecordCompression compression)
    {
        var random = new Random(1);
        var written = Enumerable.Range(0, 50).Select(i => new byte[i * i * 100]).Append([]).ToArray();
        foreach (var record in written)
            random.NextBytes(record);
        using (var writer = new TFRecordWriter(data["r"], compression))
        {
            foreach (var record in written)
                writer.Write(record);
        }
        Assert.Equal(written, TFRecordReader.ReadAll(data["r"], compression));
    }

    [Fact]
    public void WritesTensorFlowsBytes()
    {
        using (var writer = new TFRecordWriter(data["r"]))
            writer.Write("abc"u8);
        Assert.Equal("0300000000000000B099490E6162636E57F121", Convert.ToHexString(File.ReadAllBytes(data["r"])));
    }

    [Fact]
    public void FailsAgainAfterAFailure()
    {
        using var reader = new TFRecordReader(TestData.PathOf("records", "bad_data.tfrecord"));
        Assert.True(reader.TryRead(out _));
        Assert.Throws<InvalidModelException>(() => reader.TryRead(out _));
        Assert.Equal(StatusCode.DataLoss, Assert.Throws<InvalidModelException>(() => reader.TryRead(out _)).Code);
    }

    [Theory]
    [InlineData("bad_data.tfrecord", "aaaa,cccc", 20)]
    [InlineData("bad_data_crc.tfrecord", "aaaa,cccc", 20)]
    [InlineData("bad_length.tfrecord", "aaaa,cccc", 20)]
    [InlineData("bad_length_crc.tfrecord", "aaaa,cccc", 20)]
    [InlineData("huge_length.tfrecord", "aaaa", 17)]
    [InlineData("trailing_zeros.tfrecord", "aaaa,bbbb,cccc", 12)]
    [InlineData("cut_in_data.tfrecord", "aaaa", 14)]
    [InlineData("text.tfrecord", "", 42)]
    [InlineData("empty.tfrecord", "", 0)]
    public void GoesOnBehindDamage(string file, string records, long skipped)
    {
        using var reader = new TFRecordReader(TestData.PathOf("records", file), skipDamage: true);
        var found = new List<string>();
        while (reader.TryRead(out var record))
            found.Add(System.Text.Encoding.ASCII.GetString(record));
        Assert.Equal((records, skipped), (string.Join(',', found), reader.SkippedBytes));
    }

    [Fact]
    public void GarbageBetweenRecordsCostsNone()
    {
        using (var writer = new TFRecordWriter(data["r"]))
        {
            for (var i = 0; i < 20; i++)
                writer.Write(new byte[i]);
        }
        var bytes = File.ReadAllBytes(data["r"]);
        var garbage = new byte[100_000];
        new Random(2).NextBytes(garbage);
        File.WriteAllBytes(data["g"], [.. garbage, .. bytes, .. garbage, .. bytes, .. garbage]);
        using var reader = new TFRecordReader(data["g"], skipDamage: true);
        var count = 0;
        while (reader.TryRead(out _))
            count++;
        Assert.Equal((40, 300_000L), (count, reader.SkippedBytes));
    }

    [Fact]
    public void AHugeLengthClaimsNoMemory()
    {
        var header = new byte[64];
        BinaryPrimitives.WriteInt64LittleEndian(header, 1L << 30);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), Crc32C.Mask(Crc32C.Compute(header.AsSpan(0, 8))));
        File.WriteAllBytes(data["r"], header);
        using (var stream = RecordStreams.Compress(File.Create(data["z"]), RecordCompression.Gzip))
            stream.Write(header);
        foreach (var (file, compression) in ((string, RecordCompression)[])[("r", RecordCompression.None), ("z", RecordCompression.Gzip)])
            Mutations.AssertHarmless(header, () => ReadAll(data[file], compression));
    }

    [Theory]
    [InlineData("three.tfrecord", RecordCompression.None)]
    [InlineData("gzip_two_members.tfrecord.gz", RecordCompression.Gzip)]
    [InlineData("gzip.tfrecord.gz", RecordCompression.Gzip)]
    [InlineData("zlib.tfrecord.z", RecordCompression.Zlib)]
    public void DamagedFilesAreHarmless(string file, RecordCompression compression)
    {
        var original = File.ReadAllBytes(TestData.PathOf("records", file));
        var cuts = Enumerable.Range(0, Math.Min(original.Length, 100)).Select(n => original[..n]);
        foreach (var damaged in cuts.Concat(Mutations.Of(original, 300, seed: 3)))
        {
            File.WriteAllBytes(data["d"], damaged);
            foreach (var skip in (bool[])[false, true])
                Mutations.AssertHarmless(damaged, () => TFRecordReader.ReadAll(data["d"], compression, skip).ToList());
        }
    }

    private static (List<byte[]> Records, EngineException? Error) ReadAll(string path, RecordCompression compression)
    {
        var records = new List<byte[]>();
        using var reader = new TFRecordReader(path, compression);
        try
        {
            while (reader.TryRead(out var record))
                records.Add(record);
            return (records, null);
        }
        catch (EngineException e)
        {
            return (records, e);
        }
    }
}
