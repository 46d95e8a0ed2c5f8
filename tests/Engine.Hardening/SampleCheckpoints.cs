using Engine.Io;

namespace Engine.Hardening;

/// <summary>Checkpoints to damage.</summary>
internal static class SampleCheckpoints
{
    // Larger ones would only make fewer trials.
    private const long MaxBytes = 1 << 20;

    /// <summary>One of each format, with tensors of all kinds.</summary>
    internal static IEnumerable<SampleCheckpoint> Make(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var format in (CheckpointFormat[])[CheckpointFormat.V1, CheckpointFormat.V2])
        {
            var name = "m" + format;
            using (var writer = CheckpointWriter.Create(Path.Combine(folder, name), format))
            {
                for (var i = 0; i < 60; i++)
                    writer.Add($"layer_{i:D3}/weights", Tensor.From<float>([.. Enumerable.Range(0, i).Select(v => (float)v)]));
                writer.Add("words", Tensor.FromStrings(["a", "", new string('x', 300)]));
                writer.Add("truth", Tensor.From(true, false, true));
                writer.Add("complex", Tensor.Zeros(DType.Complex64, new(2, 3)));
                for (var i = 0; i < 8; i++)
                    writer.Add("parts", $"16 8 {2 * i},2:0,8", Tensor.Zeros(DType.Int64, new(2, 8)));
                writer.Finish();
            }
            yield return new(folder, name);
        }
        File.WriteAllText(Path.Combine(folder, "checkpoint"), "model_checkpoint_path: \"mV2\"\nall_model_checkpoint_paths: \"mV1\"\nall_model_checkpoint_paths: \"mV2\"\nlast_preserved_timestamp: 1.5\n");
    }

    /// <summary>All that lie below a folder.</summary>
    internal static IEnumerable<SampleCheckpoint> Find(string root)
    {
        foreach (var index in Directory.GetFiles(root, "*.index", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var prefix = index[..^".index".Length];
            if (Directory.GetFiles(Path.GetDirectoryName(prefix)!, Path.GetFileName(prefix) + ".*").Sum(f => new FileInfo(f).Length) <= MaxBytes)
                yield return new(Path.GetDirectoryName(prefix)!, Path.GetFileName(prefix));
        }
    }
}
