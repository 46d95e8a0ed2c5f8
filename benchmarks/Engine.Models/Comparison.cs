using System.Diagnostics;

namespace Engine.Models;

/// <summary>Times one model in alternating rounds, so that whatever else the machine does falls on all alike.</summary>
internal sealed class Comparison(Programs programs, int rounds, int runs, int coldStarts)
{
    /// <summary>A turn takes about this long at most, so that turns stay short beside the noise of the machine.</summary>
    private const double TurnMilliseconds = 400;

    /// <summary>Rest before a turn: idle threads of the last contestant watch for work, on cores that the next one needs, before they sleep.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(150);

    private readonly Dictionary<string, double?[]> coldByModel = [];

    internal ComparisonRow Run(BenchmarkModel model, int batch, int threads)
    {
        string[] names = model.HasOnnx ? ["engine", "tensorflow", "onnxruntime"] : ["engine", "tensorflow"];
        var contestants = StartAll(names, n => Start(n, model, batch, threads));
        try
        {
            var times = names.Select(_ => new List<double>()).ToArray();
            // The first turn warms up; it also says how many runs a turn can have.
            var count = Math.Clamp((int)(TurnMilliseconds / Math.Max(contestants[0].Times(3)?.Min() ?? 1, 0.001)), 3, runs);
            for (var round = -1; round < rounds; round++)
            {
                for (var i = 0; i < contestants.Length; i++)
                {
                    // Nobody always comes after the same neighbour.
                    var turn = (i + round + 1) % contestants.Length;
                    Thread.Sleep(Rest);
                    if (contestants[turn].Times(count) is { } measured && round >= 0)
                        times[turn].AddRange(measured);
                }
            }
            if (!coldByModel.TryGetValue(model.Name, out var cold))
                coldByModel[model.Name] = cold = [.. names.Select(n => ColdStart(n, model))];
            return new ComparisonRow(model.Name, batch, threads,
                [.. names.Select((n, i) => times[i].Count == 0 ? null : Timing.Of(n, times[i], contestants[i].PeakMegabytes(), cold[i]))]);
        }
        finally
        {
            foreach (var c in contestants)
                c.Dispose();
        }
    }

    // Side by side: most of a comparison's time is the peers' start.
    private static Contestant[] StartAll(string[] names, Func<string, ProcessStartInfo> start)
    {
        var starting = names.Select(n => Task.Run(() => new Contestant(n, start(n)))).ToArray();
        try
        {
            return Task.WhenAll(starting).GetAwaiter().GetResult();
        }
        catch
        {
            foreach (var started in starting.Where(t => t.IsCompletedSuccessfully))
                started.Result.Dispose();
            throw;
        }
    }

    private ProcessStartInfo Start(string name, BenchmarkModel model, int batch, int threads) => name == "engine"
        ? programs.Engine(["bench", .. model.Arguments(), "--batch", $"{batch}", "--threads", $"{threads}", "--serve"])
        : Programs.Start(programs.Python, programs.Peers, model.Folder, "--threads", $"{threads}", "--batch", $"{batch}", "--serve");

    // From the start of a process to the end of its first run, files in the page cache: the best of several.
    private double? ColdStart(string name, BenchmarkModel model)
    {
        double? best = null;
        for (var i = 0; i < coldStarts; i++)
        {
            var start = name == "engine" ? programs.Engine(["run", .. model.Arguments()]) : Programs.Start(programs.Python, programs.ColdStartScript, model.Folder, name);
            var clock = Stopwatch.StartNew();
            using var process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
                return null;
            best = Math.Min(best ?? double.MaxValue, clock.Elapsed.TotalMilliseconds);
        }
        return best;
    }
}
