using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using Engine.Conformance.Work;
using Engine.Runtime;
using Google.Protobuf;

namespace Engine.Conformance.Running;

/// <summary>
/// A child process that runs cases. They talk through a pipe of their own: what kernels print goes to the child's standard output and error, of which the first
/// lines explain a crash.
/// </summary>
internal sealed class Worker : IDisposable
{
    private const long MaxMemory = 2L << 30;
    private const int MaxErrorLines = 12;
    private const int MemoryCheckInterval = 64;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly NamedPipeServerStream pipe;
    private readonly BufferedStream stream;
    private readonly List<string> errors = [];
    private int runs;

    private Worker(Process process, NamedPipeServerStream pipe)
    {
        this.process = process;
        this.pipe = pipe;
        stream = new BufferedStream(pipe, 1 << 16);
    }

    /// <summary>Whether the next case needs another process.</summary>
    internal bool IsSpent { get; private set; }

    internal static Worker Start(SessionOptions options)
    {
        var name = "engine-conformance-" + Guid.NewGuid().ToString("N");
        var pipe = new NamedPipeServerStream(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous);
        var start = new ProcessStartInfo(DotnetHost())
        {
            ArgumentList = { typeof(Worker).Assembly.Location, "worker", name, options.Threads.ToString(CultureInfo.InvariantCulture), string.Join(',', options.DisabledPasses) },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var worker = new Worker(Process.Start(start) ?? throw new InvalidOperationException("The worker process does not start."), pipe);
        worker.process.OutputDataReceived += (_, _) => { };
        worker.process.ErrorDataReceived += (_, line) => worker.Keep(line.Data);
        worker.process.BeginOutputReadLine();
        worker.process.BeginErrorReadLine();
        worker.process.StandardInput.Close();
        worker.Connect();
        return worker;
    }

    /// <summary>Runs a case; a process that dies or is late makes the verdict.</summary>
    internal Verdict Run(Job job, TimeSpan limit)
    {
        var late = 0;
        using var timer = new Timer(_ =>
        {
            Interlocked.Exchange(ref late, 1);
            Kill();
        }, null, limit, Timeout.InfiniteTimeSpan);
        lock (errors)
            errors.Clear();
        try
        {
            job.WriteDelimitedTo(stream);
            stream.Flush();
            var verdict = Verdict.Parser.ParseDelimitedFrom(stream);
            // Stopped before it looks: a timer that fires between answer and return has killed the process all the same.
            timer.Dispose();
            IsSpent = late != 0 || (++runs % MemoryCheckInterval == 0 && Memory() > MaxMemory);
            return verdict;
        }
        catch (Exception e) when (e is IOException or InvalidProtocolBufferException)
        {
            IsSpent = true;
            if (late != 0)
                return new Verdict { Kind = Kind.Timeout, Op = CaseOps.Of(job.Case), Message = $"takes longer than {limit.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s" };
            return new Verdict { Kind = Kind.Crash, Op = CaseOps.Of(job.Case), Message = "the process dies", Detail = LastWords() };
        }
    }

    public void Dispose()
    {
        Kill();
        stream.Dispose();
        process.Dispose();
    }

    // The host that runs this process: programs that start it may be called otherwise (a test host).
    private static string DotnetHost()
    {
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var host = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return File.Exists(host) ? host : "dotnet";
    }

    private void Connect()
    {
        var connected = pipe.WaitForConnectionAsync();
        Task.WaitAny([connected, process.WaitForExitAsync()], StartLimit);
        if (connected.IsCompletedSuccessfully)
            return;
        Kill();
        throw new TimeoutException("The worker process does not answer: " + LastWords());
    }

    private long Memory()
    {
        process.Refresh();
        return process.HasExited ? 0 : process.WorkingSet64;
    }

    private void Kill()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    private void Keep(string? line)
    {
        lock (errors)
        {
            if (string.IsNullOrWhiteSpace(line))
                return;
            if (errors.Count < MaxErrorLines)
                errors.Add(line.Trim());
        }
    }

    private string LastWords()
    {
        // Once it is gone, the second call waits for the rest of its output.
        if (process.WaitForExit(2000))
            process.WaitForExit();
        lock (errors)
            return string.Join(" | ", errors);
    }
}
