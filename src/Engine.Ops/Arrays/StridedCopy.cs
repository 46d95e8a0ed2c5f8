using Engine.Runtime;
using Parallel = Engine.Ops.Traversal.Parallel;

namespace Engine.Ops.Arrays;

/// <summary>
/// Copies a box of elements between two tensors, each with its own start and strides: what transposing, slicing, padding, tiling, concatenating
/// and reversing are made of. Neighbouring dimensions that are walked alike become one; runs that are contiguous on both sides are copied whole;
/// two dimensions that are contiguous on one side each are transposed in tiles.
/// </summary>
/// <remarks>Strides may be 0 (repeat) or negative (reverse). The caller guarantees that the box lies inside both tensors.</remarks>
internal static class StridedCopy
{
    /// <summary>Bytes that one thread copies at least, when a contiguous copy is split.</summary>
    private const long ChunkBytes = 1 << 18;

    /// <summary>Copies from <paramref name="source"/> to <paramref name="destination"/>; starts and strides count elements.</summary>
    internal static void Run(WorkerTeam workers, ReadOnlySpan<long> dims,
        Tensor source, long sourceStart, ReadOnlySpan<long> sourceStrides,
        Tensor destination, long destinationStart, ReadOnlySpan<long> destinationStrides)
    {
        var unit = Elements.Stride(destination.Type);
        var box = new StridedBox(dims.Length, unit) { SourceStart = sourceStart * unit, DestinationStart = destinationStart * unit };
        for (var i = 0; i < dims.Length; i++)
        {
            if (dims[i] == 0)
                return;
            box.Add(dims[i], sourceStrides[i] * unit, destinationStrides[i] * unit);
        }
        if (!destination.Type.IsObject())
            box.Widen();
        box.Split(ChunkBytes);
        box.PlaceTile();
        var action = new Action(workers, source, destination, box);
        if (destination.Type.IsObject())
            action.Invoke<object>();
        else
            action.InvokeForSize(box.Unit);
    }

    /// <summary>Sets all elements of <paramref name="destination"/> to the first of <paramref name="value"/>.</summary>
    internal static void Fill(WorkerTeam workers, Tensor value, Tensor destination)
        => Run(workers, [destination.Count], value, 0, [0], destination, 0, [1]);

    private readonly struct Action(WorkerTeam workers, Tensor source, Tensor destination, StridedBox box)
    {
        internal void InvokeForSize(int size)
        {
            switch (size)
            {
                case 1: Invoke<byte>(); break;
                case 2: Invoke<ushort>(); break;
                case 4: Invoke<uint>(); break;
                case 8: Invoke<ulong>(); break;
                default: Invoke<UInt128>(); break;
            }
        }

        internal void Invoke<T>()
        {
            var body = new StridedRows<T>(source, destination, box);
            var cost = body.CyclesPerItem;
            // A team's call costs more than a small copy; objects are copied with the collector's barriers, on one thread.
            if (typeof(T) == typeof(object) || body.Items * cost < Parallel.MinimumCycles)
                body.Invoke(0, body.Items);
            else
                workers.Run(body.Items, cost, ref body);
        }
    }
}
