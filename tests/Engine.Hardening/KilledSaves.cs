using System.Diagnostics;
using System.Globalization;
using Engine.Io;

namespace Engine.Hardening;

/// <summary>Kills a process that saves, again and again in the same folder, and reads what it left each time.</summary>
internal sealed class KilledSaves(int seed)
{
    private readonly Random random = new(seed);

    internal int Run(int times)
    {
        var failed = 0;
        foreach (var same in (bool[])[false, true])
        {
            var folder = Directory.CreateTempSubdirectory("killed-saves-").FullName;
            var last = -1;
            for (var i = 0; i < times; i++)
            {
                last = Math.Max(last, SaveAndKill(folder, same, last + 1));
                try
                {
                    last = Math.Max(last, Check(folder, same, last));
                }
                catch (Exception e) when (e is EngineException or InvalidDataException)
                {
                    failed++;
                    Console.WriteLine($"kill {i}, {(same ? "one name" : "rising steps")}, after step {last} in {folder}: {e.Message}");
                }
            }
            Console.WriteLine($"{(same ? "one name" : "rising steps")}: {times} kills, {last + 1} steps, {Directory.GetFiles(folder).Length} files left");
            if (failed == 0)
                Directory.Delete(folder, recursive: true);
        }
        Console.WriteLine($"{2 * times - failed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }

    // The last step whose save returned.
    private int SaveAndKill(string folder, bool same, int first)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(KilledSaves).Assembly.Location);
        foreach (var a in (string[])["save", folder, same.ToString(), first.ToString(CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(a);
        using var process = Process.Start(start)!;
        var last = -1;
        // Some saves go well, then one is hit.
        for (var saves = random.Next(1, 4); saves > 0 && process.StandardOutput.ReadLine() is { } line; saves--)
            last = int.Parse(line, CultureInfo.InvariantCulture);
        var until = Stopwatch.GetTimestamp() + (long)(random.NextDouble() * 0.02 * Stopwatch.Frequency);
        while (Stopwatch.GetTimestamp() < until)
            Thread.SpinWait(20);
        process.Kill();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (int.TryParse(line, CultureInfo.InvariantCulture, out var step))
                last = step;
        }
        process.WaitForExit();
        return last;
    }

    // The step that is there, which is not older than the last one that was complete.
    private static int Check(string folder, bool same, int last)
    {
        if (last < 0)
            return -1;
        var prefix = same ? Path.Combine(folder, SavingProcess.Name) : CheckpointState.LatestCheckpoint(folder) ?? throw new InvalidDataException("there is no latest checkpoint.");
        using var reader = CheckpointReader.Open(prefix);
        reader.Verify();
        using var step = reader.Read("step");
        using var ones = reader.Read("ones");
        var found = step.Item<int>();
        if (ones.AsSpan<int>().ContainsAnyExcept(found))
            throw new InvalidDataException($"step {found} has values of another one.");
        if (found < last)
            throw new InvalidDataException($"step {found} is there, but {last} was saved.");
        return found;
    }
}
