using System.Diagnostics;
using System.Globalization;
using Engine.Io;

namespace Engine.Checkpoints;

/// <summary>The peak of memory that a process has held (VmHWM), measured in child processes.</summary>
internal static class PeakMemory
{
    private const string Small = "small";

    /// <summary>What the child process does.</summary>
    internal static void Print(string? prefix)
    {
        if (prefix is not null)
        {
            using var reader = CheckpointReader.Open(prefix);
            using var tensor = reader.Read(Small);
        }
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM", StringComparison.Ordinal));
        Console.WriteLine(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]);
    }

    /// <summary>Megabytes.</summary>
    internal static double Measure(string? prefix)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(PeakMemory).Assembly.Location);
        start.ArgumentList.Add("peak");
        if (prefix is not null)
            start.ArgumentList.Add(prefix);
        using var process = Process.Start(start)!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.Parse(text, CultureInfo.InvariantCulture) / 1024;
    }
}
