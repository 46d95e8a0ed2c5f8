using Engine.Resources;

namespace Engine.Ops.Queues;

/// <summary>Tuples by their first component, a number: the smallest first, equal ones as they came.</summary>
internal sealed class SmallestFirstQueue(DType[] types, PartialShape[] shapes, long capacity) : Queue(types, shapes, capacity)
{
    private readonly PriorityQueue<Tensor[], (long Priority, long Arrival)> tuples = new();
    private long arrivals;

    /// <inheritdoc/>
    public override string Kind => QueueHandles.Priority;

    /// <inheritdoc/>
    protected override int Stored => tuples.Count;

    /// <inheritdoc/>
    protected override void Push(Tensor[] tuple) => tuples.Enqueue(tuple, (tuple[0].Item<long>(), arrivals++));

    /// <inheritdoc/>
    protected override Tensor[] Pop() => tuples.Dequeue();

    /// <inheritdoc/>
    protected override void PutBack(List<Tensor[]> taken)
    {
        foreach (var tuple in taken)
            Push(tuple);
    }
}
