using Engine.Resources;
using Engine.Runtime;

namespace Engine.Ops.Datasets;

/// <summary>A walk that keeps a buffer full and draws from it: the drawn place gets the tuple that has been there longest, which is TensorFlow's order.</summary>
internal sealed class ShuffleIterator(Dataset source, long size, ShuffleSeeds seeds) : DatasetIterator
{
    private readonly long capacity = size == Dataset.Unknown ? Array.MaxLength : Math.Min(size, Array.MaxLength);
    private readonly RandomSamples random = seeds.Next();
    private readonly DatasetIterator walk = source.Iterate();

    // A ring: tuples start to end, counted without wrapping.
    private readonly List<Tensor[]> buffer = [];
    private long start;
    private long end;
    private bool ended;

    /// <inheritdoc/>
    public override Tensor[]? Next(RunContext run)
    {
        while (!ended && end - start < capacity)
        {
            if (walk.Next(run) is { } next)
                Store(next);
            else
                ended = true;
        }
        if (start == end)
            return null;
        var index = (int)((start + random.Next() % (end - start)) % capacity);
        var front = (int)(start++ % capacity);
        var tuple = buffer[index];
        buffer[index] = buffer[front];
        buffer[front] = [];
        return tuple;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        walk.Dispose();
        base.Dispose();
    }

    private void Store(Tensor[] tuple)
    {
        var place = (int)(end++ % capacity);
        if (place == buffer.Count)
            buffer.Add(tuple);
        else
            buffer[place] = tuple;
    }
}
