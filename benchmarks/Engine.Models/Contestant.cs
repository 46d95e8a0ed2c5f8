using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Engine.Models;

/// <summary>A process that times runs when asked, on the line protocol of peers.py.</summary>
internal sealed class Contestant : IDisposable
{
    private readonly Process process;
    private readonly string name;

    internal Contestant(string name, ProcessStartInfo start)
    {
        this.name = name;
        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line.Trim() == "ready")
                return;
        }
        throw new InvalidOperationException($"{name} does not start.");
    }

    /// <summary>Most memory it ever had, in MB; 0 where the system does not say.</summary>
    internal double PeakMegabytes()
    {
        var status = $"/proc/{process.Id}/status";
        var line = File.Exists(status) ? Array.Find(File.ReadAllLines(status), l => l.StartsWith("VmHWM:", StringComparison.Ordinal)) : null;
        return line is null ? process.PeakWorkingSet64 / 1e6 : double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
    }

    /// <summary>Milliseconds of each of <paramref name="runs"/> runs; null when it cannot run the model.</summary>
    internal double[]? Times(int runs)
    {
        process.StandardInput.WriteLine($"{name} {runs}");
        process.StandardInput.Flush();
        var answer = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{name} has ended.");
        return answer.StartsWith('[') ? JsonSerializer.Deserialize<double[]>(answer) : null;
    }

    public void Dispose()
    {
        try
        {
            process.StandardInput.WriteLine("quit");
            process.StandardInput.Flush();
            if (!process.WaitForExit(5000))
                process.Kill(entireProcessTree: true);
        }
        catch (IOException)
        {
            // It has ended already.
        }
        process.Dispose();
    }
}
