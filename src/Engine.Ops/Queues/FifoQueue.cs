using Engine.Resources;

namespace Engine.Ops.Queues;

/// <summary>Tuples in the order they came.</summary>
internal sealed class FifoQueue(string kind, DType[] types, PartialShape[] shapes, long capacity) : Queue(types, shapes, capacity)
{
    private readonly LinkedList<Tensor[]> tuples = new();

    /// <inheritdoc/>
    public override string Kind => kind;

    /// <inheritdoc/>
    protected override int Stored => tuples.Count;

    /// <inheritdoc/>
    protected override void Push(Tensor[] tuple) => tuples.AddLast(tuple);

    /// <inheritdoc/>
    protected override Tensor[] Pop()
    {
        var first = tuples.First!.Value;
        tuples.RemoveFirst();
        return first;
    }

    /// <inheritdoc/>
    protected override void PutBack(List<Tensor[]> taken)
    {
        for (var i = taken.Count - 1; i >= 0; i--)
            tuples.AddFirst(taken[i]);
    }
}
