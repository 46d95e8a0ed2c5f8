using Engine.Ops.Datasets;
using Engine.Resources;

namespace Engine.Ops.Queues;

/// <summary>Tuples in random order, a number of which stay until the queue is closed.</summary>
internal sealed class ShufflingQueue(DType[] types, PartialShape[] shapes, long capacity, long minimum, RandomSamples random) : Queue(types, shapes, capacity)
{
    private readonly List<Tensor[]> tuples = [];

    /// <inheritdoc/>
    public override string Kind => QueueHandles.Shuffling;

    /// <inheritdoc/>
    protected override int Stored => tuples.Count;

    /// <inheritdoc/>
    protected override int Available => IsClosed ? tuples.Count : (int)Math.Max(0, tuples.Count - minimum);

    /// <inheritdoc/>
    protected override void Push(Tensor[] tuple) => tuples.Add(tuple);

    /// <inheritdoc/>
    protected override Tensor[] Pop()
    {
        var index = (int)(random.Next() % (uint)tuples.Count);
        var tuple = tuples[index];
        tuples[index] = tuples[^1];
        tuples.RemoveAt(tuples.Count - 1);
        return tuple;
    }

    /// <inheritdoc/>
    protected override void PutBack(List<Tensor[]> taken) => tuples.AddRange(taken);
}
