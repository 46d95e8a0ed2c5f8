using Engine.Io.Protos;
using Engine.Resources;

namespace Engine.Io.Events;

/// <summary>What the ops of TF 2's summaries write to. Events wait until there are enough, enough time has passed, or somebody flushes.</summary>
internal sealed class SummaryWriterResource(string folder, long maxQueue, long flushMillis, string suffix) : Resource
{
    private static int number = -1;

    private readonly Lock gate = new();
    private readonly List<Event> queue = [];
    private readonly EventFile file = new(folder, $".{Environment.ProcessId}.{Interlocked.Increment(ref number)}{suffix}");
    private long lastFlush = Environment.TickCount64;

    /// <inheritdoc/>
    public override string Kind => "summary writer";

    /// <summary>Adds an event that happens now.</summary>
    internal void Add(Event what)
    {
        what.WallTime = EventFile.Now();
        AddAsIs(what);
    }

    /// <summary>Adds an event with its own time.</summary>
    internal void AddAsIs(Event what)
    {
        lock (gate)
        {
            queue.Add(what);
            if (queue.Count > maxQueue || Environment.TickCount64 - lastFlush > flushMillis)
                WriteQueue();
        }
    }

    /// <summary>Adds a summary.</summary>
    internal void Add(long step, Summary summary) => Add(new Event { Step = step, Summary = summary });

    /// <summary>Writes what waits.</summary>
    internal void Flush()
    {
        lock (gate)
            WriteQueue();
    }

    /// <inheritdoc/>
    protected override void Release()
    {
        Flush();
        file.Dispose();
    }

    private void WriteQueue()
    {
        foreach (var what in queue)
            file.Write(what);
        queue.Clear();
        file.Flush();
        lastFlush = Environment.TickCount64;
    }
}
