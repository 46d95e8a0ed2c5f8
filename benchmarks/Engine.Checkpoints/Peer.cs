using System.Diagnostics;
using System.Globalization;

namespace Engine.Checkpoints;

/// <summary>TensorFlow in a process of its own, which answers how long a call took.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process process;

    internal Peer(string python, string graph, int threads)
    {
        process = Start(python, "serve", graph, threads.ToString(CultureInfo.InvariantCulture));
        if (process.StandardOutput.ReadLine() != "ready")
            throw new InvalidOperationException("TensorFlow does not start.");
    }

    /// <summary>Writes the graphs that both run.</summary>
    internal static void MakeGraphs(string python, string folder)
    {
        using var process = Start(python, "make", folder);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException("TensorFlow does not make the graphs.");
    }

    /// <summary>Milliseconds.</summary>
    internal double Call(string command)
    {
        process.StandardInput.WriteLine(command);
        return double.Parse(process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"TensorFlow dies of '{command}'."), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private static Process Start(string python, params string[] arguments)
    {
        var start = new ProcessStartInfo(python) { RedirectStandardInput = true, RedirectStandardOutput = true, ArgumentList = { Path.Combine(AppContext.BaseDirectory, "peer.py") } };
        foreach (var a in arguments)
            start.ArgumentList.Add(a);
        return Process.Start(start)!;
    }
}
