using System.Diagnostics;
using Engine.Graphs;
using Engine.Io;
using Engine.Runtime;

namespace Engine.Checkpoints;

/// <summary>Calls this library and TensorFlow in turn, on the same graphs and files, and prints the best time of each.</summary>
internal sealed class Comparison(string folder, string? python, int threads, int rounds)
{
    internal static void Run(string folder, string? python, int threads, int rounds, string[] only)
    {
        Directory.CreateDirectory(folder);
        if (python is not null)
            Peer.MakeGraphs(python, folder);
        var comparison = new Comparison(folder, python, threads, rounds);
        Console.WriteLine($"{threads} threads, best of {rounds} after one more, milliseconds{(python is null ? "" : ": Engine / TensorFlow")}");
        if (only.Length == 0 || only.Contains("large"))
            comparison.Run("large", "small");
        if (only.Length == 0 || only.Contains("many"))
            comparison.Run("many", "layer_250/part_50/weights");
        if (only.Length == 0 || only.Contains("memory"))
            Console.WriteLine($"peak memory of a process {PeakMemory.Measure(null):F1} MB, with the large file open and a small tensor read {PeakMemory.Measure(Path.Combine(folder, "large-engine")):F1} MB");
    }

    private void Run(string name, string small)
    {
        var graph = Path.Combine(folder, name + ".pb");
        using var peer = python is null ? null : new Peer(python, graph, threads);
        using var session = new Session(Graph.FromDef(GraphFile.Read(graph)), new SessionOptions { Threads = threads });
        session.Run([], [], ["init"]);
        var ours = Path.Combine(folder, name + "-engine");
        var theirs = Path.Combine(folder, name + "-tensorflow");

        CheckpointWriter.FlushesToDisk = false;
        Compare("save", () => Run(session, "save", ours), () => peer?.Call($"save {theirs}"));
        var bytes = new FileInfo(Directory.GetFiles(folder, name + "-engine.data-*").Single()).Length;
        Compare("restore", () => Run(session, "restore", ours), () => peer?.Call($"restore {theirs}"));
        Compare("open, read one", () => Open(ours, small), () => peer?.Call($"open {theirs} {small}"));
        CheckpointWriter.FlushesToDisk = true;
        Compare("save to disk", () => Run(session, "save", ours), () => WriteAndFlush(bytes), "beside writing and flushing as many bytes");

        void Compare(string what, Action engine, Func<double?> tensorflow, string note = "")
        {
            var (best, other) = (double.MaxValue, double.MaxValue);
            for (var i = 0; i <= rounds; i++)
            {
                var start = Stopwatch.GetTimestamp();
                engine();
                var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                var theirTime = tensorflow();
                if (i == 0)
                    continue;
                best = Math.Min(best, time);
                other = Math.Min(other, theirTime ?? double.NaN);
            }
            Console.WriteLine($"{name,-6} {what,-15} {best,9:F2} / {other,9:F2}  {other / best,6:F2}x {note}");
        }
    }

    private static void Run(Session session, string target, string prefix)
    {
        using var tensor = Tensor.Scalar(prefix);
        session.Run([new("prefix:0", tensor)], [], [target]);
    }

    private static void Open(string prefix, string name)
    {
        using var reader = CheckpointReader.Open(prefix);
        using var tensor = reader.Read(name);
    }

    private double? WriteAndFlush(long bytes)
    {
        var path = Path.Combine(folder, "plain");
        var piece = new byte[1 << 20];
        Random.Shared.NextBytes(piece);
        var start = Stopwatch.GetTimestamp();
        using (var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write))
        {
            for (var at = 0L; at < bytes; at += piece.Length)
                RandomAccess.Write(file, piece.AsSpan(0, (int)Math.Min(piece.Length, bytes - at)), at);
            RandomAccess.FlushToDisk(file);
        }
        var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        File.Delete(path);
        return time;
    }
}
