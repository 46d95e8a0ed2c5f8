using System.Diagnostics;
using Engine.Io;

namespace Engine.Hardening;

/// <summary>Reads checkpoints that were damaged at random, from a seed per trial that is printed with a failure.</summary>
internal sealed class CheckpointFuzzer(int seed)
{
    private const long BytesPerByte = 2000;
    private const long BytesAlways = 64 << 20;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    internal int Run(IEnumerable<string> folders, TimeSpan time)
    {
        var root = Directory.CreateTempSubdirectory("fuzzed-").FullName;
        var originals = SampleCheckpoints.Make(Path.Combine(root, "made")).Concat(folders.SelectMany(SampleCheckpoints.Find)).ToArray();
        var start = Stopwatch.GetTimestamp();
        var (passed, failed, readable) = (0, 0, 0);
        for (var trial = seed; Stopwatch.GetElapsedTime(start) < time; trial++)
        {
            var random = new Random(trial);
            var original = originals[random.Next(originals.Length)];
            var folder = Path.Combine(root, "trial");
            original.CopyTo(folder);
            var damage = FileDamage.Do(random, folder);
            var (before, at) = (GC.GetTotalAllocatedBytes(precise: false), Stopwatch.GetTimestamp());
            string? problem = null;
            try
            {
                if (Read(Path.Combine(folder, original.Name)))
                    readable++;
            }
            catch (EngineException)
            {
                // What damaged files are to end in.
            }
            catch (Exception e)
            {
                problem = e.ToString();
            }
            var size = Directory.GetFiles(folder).Sum(f => new FileInfo(f).Length);
            if (GC.GetTotalAllocatedBytes(precise: false) - before > BytesAlways + BytesPerByte * size)
                problem ??= $"{GC.GetTotalAllocatedBytes() - before} bytes were allocated for {size}.";
            if (Stopwatch.GetElapsedTime(at) > Limit)
                problem ??= $"it took {Stopwatch.GetElapsedTime(at).TotalSeconds:F1} s.";
            if (problem is null)
            {
                passed++;
                continue;
            }
            failed++;
            Console.WriteLine($"seed {trial}, {original.Folder}/{original.Name}, {damage}: {problem}");
        }
        Directory.Delete(root, recursive: true);
        Console.WriteLine($"{originals.Length} checkpoints, {readable} of {passed + failed} damaged ones read in full");
        Console.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }

    private static bool Read(string prefix)
    {
        CheckpointState.LatestCheckpoint(Path.GetDirectoryName(prefix)!);
        using var reader = CheckpointReader.Open(prefix);
        var whole = true;
        foreach (var t in reader.Tensors)
        {
            // One damaged tensor is not to keep others from being read.
            try
            {
                reader.Read(t.Name).Dispose();
                if (t.Shape.Rank > 0 && t.Shape[0] > 1)
                    reader.Read(t.Name, $"{string.Join(' ', t.Shape.Dims.ToArray())} {string.Join(':', Enumerable.Repeat("-", t.Shape.Rank - 1).Prepend("1,1"))}").Dispose();
            }
            catch (EngineException)
            {
                whole = false;
            }
        }
        _ = reader.ToDebugString();
        reader.Verify();
        return whole;
    }
}
