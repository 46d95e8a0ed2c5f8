using System.Runtime.CompilerServices;
using Engine.Runtime;

namespace Engine.Ops.Arrays;

/// <summary>The loops of a strided copy. An item is a row (the innermost dimension), or a band of a matrix to be transposed.</summary>
internal readonly struct StridedRows<T> : IRangeBody
{
    /// <summary>Rows of the source that a band holds: a band of 8-byte elements and its columns stay in the first-level cache.</summary>
    private const long BandRows = 64;

    private readonly Tensor source;
    private readonly Tensor destination;
    private readonly StridedBox box;
    private readonly int outerRank;
    private readonly long bands;

    internal StridedRows(Tensor source, Tensor destination, StridedBox box)
    {
        this.source = source;
        this.destination = destination;
        this.box = box;
        outerRank = Math.Max(0, box.Rank - (box.IsTile ? 2 : 1));
        bands = box.IsTile ? (box.Lengths[^2] + BandRows - 1) / BandRows : 1;
        Items = bands;
        for (var i = 0; i < outerRank; i++)
            Items *= box.Lengths[i];
    }

    internal long Items { get; }

    /// <summary>Rough processor cycles of an item.</summary>
    internal long CyclesPerItem
    {
        get
        {
            if (box.Rank == 0)
                return 1;
            var n = box.Lengths[^1];
            if (box.IsTile)
                return Math.Min(BandRows, box.Lengths[^2]) * n * 2;
            return box.SourceStrides[^1] == box.Unit && box.DestinationStrides[^1] == box.Unit ? 8 + n * box.Unit / 16 : 8 + 2 * n;
        }
    }

    public void Invoke(long start, long end)
    {
        ref var from = ref Unsafe.AddByteOffset(ref Elements.First<T>(source), (nint)box.SourceStart);
        ref var to = ref Unsafe.AddByteOffset(ref Elements.First<T>(destination), (nint)box.DestinationStart);
        if (box.Rank == 0)
        {
            to = from;
            return;
        }
        Span<long> index = outerRank <= 16 ? stackalloc long[16] : new long[outerRank];
        var lengths = box.Lengths;
        var sourceStrides = box.SourceStrides;
        var destinationStrides = box.DestinationStrides;
        var (rest, band) = Math.DivRem(start, bands);
        long i = 0, j = 0;
        for (var d = outerRank - 1; d >= 0; d--)
        {
            (rest, index[d]) = Math.DivRem(rest, lengths[d]);
            i += index[d] * sourceStrides[d];
            j += index[d] * destinationStrides[d];
        }
        for (var item = start; item < end; item++)
        {
            if (box.IsTile)
            {
                Band(ref Unsafe.AddByteOffset(ref from, (nint)i), ref Unsafe.AddByteOffset(ref to, (nint)j), band * BandRows);
                if (++band < bands)
                    continue;
                band = 0;
            }
            else
            {
                Row(ref Unsafe.AddByteOffset(ref from, (nint)i), ref Unsafe.AddByteOffset(ref to, (nint)j), (nint)lengths[^1], (nint)sourceStrides[^1], (nint)destinationStrides[^1]);
            }
            for (var d = outerRank - 1; d >= 0; d--)
            {
                i += sourceStrides[d];
                j += destinationStrides[d];
                if (++index[d] < lengths[d])
                    break;
                i -= lengths[d] * sourceStrides[d];
                j -= lengths[d] * destinationStrides[d];
                index[d] = 0;
            }
        }
    }

    private static void Row(ref T source, ref T destination, nint count, nint sourceStride, nint destinationStride)
    {
        var unit = Unsafe.SizeOf<T>();
        if (destinationStride == unit)
        {
            if (sourceStride == unit)
            {
                Elements.Copy(ref source, ref destination, count);
                return;
            }
            if (sourceStride == 0)
            {
                Elements.Fill(ref destination, source, count);
                return;
            }
        }
        for (nint i = 0; i < count; i++)
        {
            destination = source;
            source = ref Unsafe.AddByteOffset(ref source, sourceStride);
            destination = ref Unsafe.AddByteOffset(ref destination, destinationStride);
        }
    }

    private void Band(ref T source, ref T destination, long first)
    {
        var rows = Math.Min(BandRows, box.Lengths[^2] - first);
        var sourceStride = (nint)box.SourceStrides[^1];
        var destinationStride = (nint)box.DestinationStrides[^2];
        MatrixTranspose.Run(ref Unsafe.Add(ref source, (nint)first), ref Unsafe.AddByteOffset(ref destination, (nint)first * destinationStride),
            (nint)rows, (nint)box.Lengths[^1], sourceStride, destinationStride);
    }
}
