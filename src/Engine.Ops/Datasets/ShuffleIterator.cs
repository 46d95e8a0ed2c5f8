using Engine.Resources;
using Engine.Runtime;

namespace Engine.Ops.Datasets;

/// <summary>
/// A walk that keeps a buffer full and draws from it: the drawn place gets the tuple that has been there longest, which is TensorFlow's order.
/// Tuples of a later round are drawn when those of the earlier ones are gone.
/// </summary>
internal sealed class ShuffleIterator(Dataset source, long size, ShuffleSeeds seeds, long rounds) : DatasetIterator
{
    private readonly long capacity = size == Dataset.Unknown ? Array.MaxLength : Math.Min(size, Array.MaxLength);
    private readonly RandomSamples random = seeds.Next();

    // The buffer is a ring; each round has a slice of it, counted without end. The last slice is being filled.
    private readonly List<Tensor[]> buffer = [];
    private readonly LinkedList<Slice> slices = new([new Slice(0)]);
    private DatasetIterator? walk;
    private long round;
    private long stored;

    /// <inheritdoc/>
    public override Tensor[]? Next(RunContext run)
    {
        Fill(run);
        if (stored == 0)
            return null;
        while (slices.First!.Value.IsEmpty)
            slices.RemoveFirst();
        var slice = slices.First.Value;
        var index = (int)((slice.Start + random.Next() % (slice.End - slice.Start)) % capacity);
        var front = (int)(slice.Start % capacity);
        var tuple = buffer[index];
        buffer[index] = buffer[front];
        buffer[front] = [];
        slice.Start++;
        stored--;
        return tuple;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        walk?.Dispose();
        base.Dispose();
    }

    private void Fill(RunContext run)
    {
        while (stored < capacity && (rounds < 0 || round < rounds))
        {
            walk ??= source.Iterate();
            if (walk.Next(run) is { } tuple)
            {
                Store(tuple);
                continue;
            }
            walk.Dispose();
            walk = null;
            round++;
            // An empty dataset repeated for ever ends.
            if (rounds < 0 && slices.Last!.Value.Length == 0)
                return;
            slices.AddLast(new Slice(slices.Last!.Value.End));
        }
    }

    private void Store(Tensor[] tuple)
    {
        var slice = slices.Last!.Value;
        var place = (int)(slice.End++ % capacity);
        if (place == buffer.Count)
            buffer.Add(tuple);
        else
            buffer[place] = tuple;
        slice.Length++;
        stored++;
    }

    private sealed class Slice(long first)
    {
        internal long Start { get; set; } = first;

        internal long End { get; set; } = first;

        internal long Length { get; set; }

        internal bool IsEmpty => Start == End;
    }
}
