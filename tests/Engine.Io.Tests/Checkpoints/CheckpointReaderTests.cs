using System.IO.Compression;
using System.Security.Cryptography;
using Engine.Graphs;

namespace Engine.Io.Tests.Checkpoints;

/// <summary>Checkpoints that TensorFlow wrote or read, beside their values as the constants of a graph (<c>prefix.expected.pb</c>; ? in a pattern is _ there).</summary>
public class CheckpointReaderTests
{
    public static TheoryData<string, string> Checkpoints()
    {
        var data = new TheoryData<string, string>();
        foreach (var file in Directory.GetFiles(TestData.PathOf("checkpoints"), "*.expected.pb", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var prefix = file[..^".expected.pb".Length];
            data.Add(Path.GetFileName(Path.GetDirectoryName(file))!, Path.GetFileName(prefix).Replace("_____-of", "?????-of", StringComparison.Ordinal));
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Checkpoints))]
    public void EveryTensorIsRead(string folder, string prefix)
    {
        var expected = GraphFile.Read(TestData.PathOf("checkpoints", folder, prefix.Replace('?', '_') + ".expected.pb")).Nodes;
        using var reader = CheckpointReader.Open(TestData.PathOf("checkpoints", folder, prefix));
        foreach (var node in expected)
        {
            var spec = node.Attrs.TryGetValue("spec", out var s) ? s.AsString() : null;
            if (node.Attrs.TryGetValue("error", out var error))
            {
                Assert.Equal((StatusCode)error.AsInt(), Assert.ThrowsAny<EngineException>(() => reader.Read(node.Name, spec!)).Code);
                continue;
            }
            using var t = spec is null ? reader.Read(node.Name) : reader.Read(node.Name, spec);
            TestData.AssertEqual(node.Attrs["value"].AsTensor(), t);
        }
        Assert.Equal(expected.Where(n => !n.Attrs.ContainsKey("spec")).Select(n => n.Name).Distinct().Order(StringComparer.Ordinal),
            reader.Tensors.Select(t => t.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void TensorsOutliveTheReader()
    {
        Tensor t;
        using (var reader = CheckpointReader.Open(TestData.PathOf("checkpoints", "v2_small_blocks", "m")))
            t = reader.Read(reader.Tensors.First(x => x.Type == DType.Float32).Name);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.NotEmpty(t.ToArray<float>());
        t.Dispose();
    }

    // Column 5 is the code TensorFlow answers; where it dies, or is out of memory before it looks at the size, DATA_LOSS is right.
    [Fact]
    public void DamagedCheckpointsAnswerAsTensorFlow()
    {
        using var data = new TestData();
        ZipFile.ExtractToDirectory(TestData.PathOf("checkpoints", "corrupt.zip"), data.Folder);
        var wrong = new List<string>();
        foreach (var line in File.ReadLines(data["corrupt.tsv"]).Skip(1).Where(l => l.Length > 0))
        {
            var f = line.Split('\t');
            var (answer, text) = Answer(Path.Combine(data.Folder, f[0], f[1]), f[2], f[3]);
            var expected = f[4] is "crash" or "8" ? 15 : int.Parse(f[4]);
            var right = answer == expected
                // Damage that TensorFlow overlooks or takes for a missing key.
                || (answer == 15 && (f[0].StartsWith("table_", StringComparison.Ordinal) || f[0] is "block_shared_too_long" or "block_value_overruns" or "header_missing"))
                || (answer is 3 or 11 or 15 && (f[0].StartsWith("footer_index_", StringComparison.Ordinal) || f[0].StartsWith("block_handle_size_", StringComparison.Ordinal)));
            if (answer == 0 && f[4] == "0" && f[2] != "-" && f[3] != "string")
                right = f[5].EndsWith(text, StringComparison.Ordinal);
            if (!right)
                wrong.Add($"{f[0]} {f[2]}: expected {f[4]} {f[5]}, found {answer} {text}");
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public void TruncatedAndFlippedFilesNeverCrash()
    {
        using var data = new TestData();
        foreach (var (folder, name) in new[] { ("v2_slices_c", "model"), ("v2_big_endian", "m"), ("v1_partitioned_b", "model") })
        {
            var index = folder[1] == '1' ? "" : ".index";
            var bytes = File.ReadAllBytes(TestData.PathOf("checkpoints", folder, name + index));
            if (index.Length > 0)
                File.Copy(TestData.PathOf("checkpoints", folder, name + ".data-00000-of-00001"), data[name + ".data-00000-of-00001"]);
            var step = Math.Max(1, bytes.Length / 400);
            for (var i = 0; i < bytes.Length; i += step)
            {
                File.WriteAllBytes(data[name + index], bytes[..i]);
                ReadAll(data[name]);
                var flipped = (byte[])bytes.Clone();
                flipped[i] ^= (byte)(1 << (i % 8));
                File.WriteAllBytes(data[name + index], flipped);
                ReadAll(data[name]);
            }
        }
    }

    private static void ReadAll(string prefix)
    {
        try
        {
            using var reader = CheckpointReader.Open(prefix);
            foreach (var t in reader.Tensors)
                reader.Read(t.Name).Dispose();
        }
        catch (EngineException)
        {
        }
    }

    private static (int Code, string Text) Answer(string prefix, string tensor, string type)
    {
        try
        {
            using var reader = CheckpointReader.Open(prefix);
            if (tensor == "-")
                return (0, $"{reader.Tensors.Count}");
            var wanted = type switch { "float32" => DType.Float32, "float64" => DType.Float64, _ => DTypes.Parse(type) };
            if (reader.Find(tensor) is { } found && found.Type != wanted)
                return ((int)StatusCode.InvalidArgument, "another dtype");
            using var t = reader.Read(tensor);
            return (0, t.Type == DType.String ? "" : Convert.ToHexStringLower(SHA1.HashData(t.Bytes()))[..8]);
        }
        catch (EngineException e)
        {
            return ((int)e.Code, e.Message);
        }
    }
}
