namespace Engine.Resources;

/// <summary>
/// A queue of tuples of tensors. What does not fit waits, and so does who asks for more than there is, in the order of arrival; closing ends the waiting.
/// </summary>
public abstract class Queue : Resource
{
    private readonly Lock gate = new();
    private readonly LinkedList<QueueAttempt> enqueuing = new();
    private readonly LinkedList<QueueAttempt> dequeuing = new();

    /// <summary>An empty queue.</summary>
    /// <param name="types">Element types of a tuple's components.</param>
    /// <param name="shapes">Their shapes; empty when they are not specified.</param>
    /// <param name="capacity">How many tuples fit; negative for no bound.</param>
    protected Queue(DType[] types, PartialShape[] shapes, long capacity)
    {
        if (shapes.Length != 0 && shapes.Length != types.Length)
            throw EngineException.InvalidArgument($"The number of component types ({types.Length}) and shapes ({shapes.Length}) differ.");
        Types = types;
        Shapes = shapes;
        Capacity = capacity < 0 ? long.MaxValue : capacity;
    }

    /// <inheritdoc/>
    public override string Kind => "queue";

    /// <summary>Element types of a tuple's components.</summary>
    public IReadOnlyList<DType> Types { get; }

    /// <summary>Shapes of a tuple's components; empty when they are not specified.</summary>
    public IReadOnlyList<PartialShape> Shapes { get; }

    /// <summary>How many tuples fit.</summary>
    public long Capacity { get; }

    /// <summary>How many tuples there are.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return Stored;
        }
    }

    /// <summary>Whether nothing more may be put in.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>How many tuples are stored. Called under the queue's lock, as the other abstract members are.</summary>
    protected abstract int Stored { get; }

    /// <summary>How many tuples may be taken now.</summary>
    protected virtual int Available => Stored;

    /// <summary>Stores a tuple.</summary>
    protected abstract void Push(Tensor[] tuple);

    /// <summary>Takes the next tuple.</summary>
    protected abstract Tensor[] Pop();

    /// <summary>Gives back tuples that were taken, in the order they were.</summary>
    protected abstract void PutBack(List<Tensor[]> tuples);

    /// <summary>Puts tuples in, waiting for room. The queue keeps the tensors.</summary>
    /// <exception cref="EngineException">CANCELLED when the queue is closed or the run ends.</exception>
    public Task EnqueueAsync(IReadOnlyList<Tensor[]> tuples, CancellationToken cancellation)
    {
        var next = 0;
        return Wait(enqueuing, cancellation, _ =>
        {
            if (IsClosed)
                throw EngineException.Cancelled("Queue is closed.");
            while (next < tuples.Count && Stored < Capacity)
                Push(tuples[next++]);
            return next == tuples.Count;
        }, taken: null);
    }

    /// <summary>Takes <paramref name="count"/> tuples, waiting for them.</summary>
    /// <param name="count">How many.</param>
    /// <param name="allowFewer">Whether the rest of a closed queue will do.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="EngineException">OUT_OF_RANGE when the queue is closed and has too few, CANCELLED when the run ends; nothing is taken then.</exception>
    public async Task<IReadOnlyList<Tensor[]>> DequeueAsync(int count, bool allowFewer, CancellationToken cancellation)
    {
        var taken = new List<Tensor[]>();
        await Wait(dequeuing, cancellation, mayPut =>
        {
            while (taken.Count < count && Available > 0)
                taken.Add(Pop());
            if (taken.Count == count || !IsClosed || mayPut)
                return taken.Count == count;
            if (allowFewer && taken.Count > 0)
                return true;
            throw EngineException.OutOfRange($"Queue is closed and has insufficient elements (requested {count}, current size {taken.Count})");
        }, taken).ConfigureAwait(false);
        return taken;
    }

    /// <summary>Lets nothing more in, after what waits to be put in; or ends that waiting.</summary>
    /// <exception cref="EngineException">CANCELLED when it is closed already, unless <paramref name="cancelPending"/>.</exception>
    public Task CloseAsync(bool cancelPending, CancellationToken cancellation)
    {
        if (!cancelPending)
        {
            return Wait(enqueuing, cancellation, _ =>
            {
                if (IsClosed)
                    throw EngineException.Cancelled("Queue is already closed.");
                IsClosed = true;
                return true;
            }, taken: null);
        }
        lock (gate)
        {
            IsClosed = true;
            foreach (var waiting in enqueuing)
                waiting.Fail(EngineException.Cancelled("Enqueue operation was cancelled"));
            enqueuing.Clear();
            Advance();
        }
        return Task.CompletedTask;
    }

    private Task Wait(LinkedList<QueueAttempt> line, CancellationToken cancellation, Func<bool, bool> advance, List<Tensor[]>? taken)
    {
        var attempt = new QueueAttempt(advance, taken);
        lock (gate)
        {
            line.AddLast(attempt);
            Advance();
        }
        if (attempt.Task.IsCompleted || !cancellation.CanBeCanceled)
            return attempt.Task;
        var registration = cancellation.Register(() =>
        {
            lock (gate)
            {
                if (!line.Remove(attempt))
                    return;
                GiveBack(attempt);
                attempt.Fail(EngineException.Cancelled(line == enqueuing ? "Enqueue operation was cancelled" : "Dequeue operation was cancelled"));
                Advance();
            }
        });
        return Finish(attempt.Task, registration);
    }

    private static async Task Finish(Task task, CancellationTokenRegistration registration)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        finally
        {
            await registration.DisposeAsync().ConfigureAwait(false);
        }
    }

    // The first in each line goes on as far as it can; what one side does may let the other go on.
    private void Advance()
    {
        bool moved;
        do
        {
            var before = (Stored, IsClosed, enqueuing.Count, dequeuing.Count);
            AdvanceFirst(enqueuing);
            AdvanceFirst(dequeuing);
            moved = before != (Stored, IsClosed, enqueuing.Count, dequeuing.Count);
        }
        while (moved);
    }

    private void AdvanceFirst(LinkedList<QueueAttempt> line)
    {
        while (line.First is { Value: var attempt })
        {
            try
            {
                if (!attempt.Advance(enqueuing.Count > 0))
                    return;
                line.RemoveFirst();
                attempt.Complete();
            }
            catch (EngineException e)
            {
                line.RemoveFirst();
                GiveBack(attempt);
                attempt.Fail(e);
            }
        }
    }

    private void GiveBack(QueueAttempt attempt)
    {
        if (attempt.Taken is not { Count: > 0 } taken)
            return;
        PutBack([.. taken]);
        taken.Clear();
    }
}
