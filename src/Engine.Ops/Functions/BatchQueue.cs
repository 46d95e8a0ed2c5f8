using Engine.Resources;

namespace Engine.Ops.Functions;

/// <summary>Collects the rows of calls that run at the same time into batches: one is processed when it is full or has waited long enough.</summary>
internal sealed class BatchQueue(BatchOptions options) : Resource
{
    private readonly Lock gate = new();
    private List<BatchTask> open = [];
    private long openSize;
    private int running;

    public override string Kind => "batch queue";

    /// <summary>Adds a call's rows to a batch.</summary>
    /// <param name="task">The rows.</param>
    /// <param name="process">Processes a whole batch, on a thread of its own.</param>
    /// <returns>Done when the batch was processed.</returns>
    /// <exception cref="EngineException">UNAVAILABLE when too many batches wait.</exception>
    internal Task Enqueue(BatchTask task, Action<List<BatchTask>> process)
    {
        lock (gate)
        {
            if (openSize + task.Size > options.MaximumSize)
                Close(process);
            if (open.Count == 0 && running >= options.MaximumBatches)
                throw new EngineException(StatusCode.Unavailable, "The batch scheduling queue to which this task was submitted is full");
            open.Add(task);
            openSize += task.Size;
            if (openSize == options.MaximumSize || options.Timeout == TimeSpan.Zero)
                Close(process);
            else if (open.Count == 1)
                _ = CloseLater(open, process);
        }
        return task.Done;
    }

    private async Task CloseLater(List<BatchTask> batch, Action<List<BatchTask>> process)
    {
        await Task.Delay(options.Timeout).ConfigureAwait(false);
        lock (gate)
        {
            if (ReferenceEquals(batch, open))
                Close(process);
        }
    }

    private void Close(Action<List<BatchTask>> process)
    {
        if (open.Count == 0)
            return;
        var batch = open;
        open = [];
        openSize = 0;
        running++;
        Task.Run(() => Process(batch, process));
    }

    private void Process(List<BatchTask> batch, Action<List<BatchTask>> process)
    {
        try
        {
            process(batch);
            foreach (var task in batch)
                task.Succeed();
        }
        catch (Exception e)
        {
            foreach (var task in batch)
                task.Fail(e);
        }
        finally
        {
            lock (gate)
                running--;
        }
    }
}
