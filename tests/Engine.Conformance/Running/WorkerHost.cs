using System.Collections.Concurrent;
using System.IO.Pipes;
using Engine.Conformance.Work;
using Engine.Runtime;
using Google.Protobuf;

namespace Engine.Conformance.Running;

/// <summary>The child's side of <see cref="Worker"/>: answers jobs until the pipe closes.</summary>
internal static class WorkerHost
{
    internal static int Run(string pipeName, SessionOptions options)
    {
        using var pipe = new NamedPipeClientStream(".", pipeName, PipeDirection.InOut, PipeOptions.Asynchronous);
        pipe.Connect(30_000);
        using var jobs = new BlockingCollection<Job>();
        // Read apart from the work: when the parent goes, so does a child that hangs.
        new Thread(() => Receive(pipe, jobs)) { IsBackground = true, Name = "Jobs" }.Start();
        foreach (var job in jobs.GetConsumingEnumerable())
        {
            var verdict = CaseRunner.Run(job, options);
            var bytes = new MemoryStream();
            verdict.WriteDelimitedTo(bytes);
            pipe.Write(bytes.GetBuffer(), 0, (int)bytes.Length);
        }
        return 0;
    }

    private static void Receive(Stream pipe, BlockingCollection<Job> jobs)
    {
        try
        {
            var stream = new BufferedStream(pipe, 1 << 16);
            while (true)
                jobs.Add(Job.Parser.ParseDelimitedFrom(stream));
        }
        catch (Exception e) when (e is IOException or InvalidProtocolBufferException or InvalidOperationException)
        {
            Environment.Exit(0);
        }
    }
}
