using System.Text.Json;
using Engine.Conformance.Work;

namespace Engine.Conformance.Running;

/// <summary>What there is to check about a folder of checkpoints: their contents, meta graphs, state files, and damaged ones.</summary>
internal static class CheckpointJobs
{
    internal static IEnumerable<Job> Of(string folder)
    {
        foreach (var (file, mode) in ((string, Mode)[])[("expected", Mode.Checkpoints), ("meta", Mode.MetaGraphs)])
        {
            var path = Path.Combine(folder, file + ".cases.gz");
            if (!File.Exists(path))
                continue;
            foreach (var c in CaseFile.Read(path))
                yield return new Job { Mode = mode, Case = c, Folder = folder };
        }
        foreach (var line in Lines(Path.Combine(folder, "states.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            var name = $"state/{json.RootElement.GetProperty("folder").GetString()}/{json.RootElement.GetProperty("state_file").GetString()}";
            yield return new Job { Mode = Mode.States, Case = new() { Name = name }, Folder = folder, Record = line };
        }
        foreach (var line in Lines(Path.Combine(folder, "corrupt.tsv")).Skip(1))
        {
            var columns = line.Split('\t');
            yield return new Job { Mode = Mode.Damage, Case = new() { Name = $"damage/{string.Join('/', columns.Take(3))}" }, Folder = folder, Record = line };
        }
    }

    private static IEnumerable<string> Lines(string path) => File.Exists(path) ? File.ReadLines(path).Where(l => l.Length > 0) : [];
}
