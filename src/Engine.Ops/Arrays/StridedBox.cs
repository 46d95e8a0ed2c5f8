namespace Engine.Ops.Arrays;

/// <summary>The dimensions of a strided copy, in bytes, simplified: no dimension of length 1, none that continues its neighbour on both sides.</summary>
internal sealed class StridedBox(int capacity, int unit)
{
    private readonly long[] lengths = new long[capacity + 1];
    private readonly long[] sourceStrides = new long[capacity + 1];
    private readonly long[] destinationStrides = new long[capacity + 1];

    /// <summary>First byte read.</summary>
    internal long SourceStart { get; init; }

    /// <summary>First byte written.</summary>
    internal long DestinationStart { get; init; }

    /// <summary>Bytes moved at once.</summary>
    internal int Unit { get; private set; } = unit;

    /// <summary>Number of dimensions.</summary>
    internal int Rank { get; private set; }

    /// <summary>Whether the last two dimensions are a matrix to be transposed: the second to last is contiguous in the source, the last in the destination.</summary>
    internal bool IsTile { get; private set; }

    internal ReadOnlySpan<long> Lengths => lengths.AsSpan(0, Rank);

    internal ReadOnlySpan<long> SourceStrides => sourceStrides.AsSpan(0, Rank);

    internal ReadOnlySpan<long> DestinationStrides => destinationStrides.AsSpan(0, Rank);

    /// <summary>The next inner dimension.</summary>
    internal void Add(long length, long sourceStride, long destinationStride)
    {
        if (length == 1)
            return;
        var outer = Rank - 1;
        if (outer >= 0 && this.sourceStrides[outer] == sourceStride * length && this.destinationStrides[outer] == destinationStride * length)
        {
            lengths[outer] *= length;
            this.sourceStrides[outer] = sourceStride;
            this.destinationStrides[outer] = destinationStride;
            return;
        }
        lengths[Rank] = length;
        this.sourceStrides[Rank] = sourceStride;
        this.destinationStrides[Rank] = destinationStride;
        Rank++;
    }

    /// <summary>Takes a short contiguous run that is as long as a machine word for one element.</summary>
    internal void Widen()
    {
        var last = Rank - 1;
        if (last < 1 || sourceStrides[last] != Unit || destinationStrides[last] != Unit)
            return;
        var bytes = lengths[last] * Unit;
        if (bytes is 2 or 4 or 8 or 16)
        {
            Unit = (int)bytes;
            Rank--;
        }
    }

    /// <summary>Cuts one long contiguous run into pieces for threads.</summary>
    internal void Split(long chunkBytes)
    {
        if (Rank != 1 || lengths[0] * Unit < 2 * chunkBytes)
            return;
        // A divisor keeps the box a box: the largest power of two that divides the length.
        var piece = lengths[0] & -lengths[0];
        var wanted = Math.Max(1, chunkBytes / Unit);
        if (piece < Math.Min(wanted, 1 << 10))
            return;
        piece = Math.Min(piece, wanted);
        lengths[1] = piece;
        sourceStrides[1] = sourceStrides[0];
        destinationStrides[1] = destinationStrides[0];
        lengths[0] /= piece;
        sourceStrides[0] *= piece;
        destinationStrides[0] *= piece;
        Rank = 2;
    }

    /// <summary>Moves the dimension that is contiguous in the source next to the innermost one, if that one is contiguous in the destination only.</summary>
    internal void PlaceTile()
    {
        var last = Rank - 1;
        if (last < 1 || destinationStrides[last] != Unit || sourceStrides[last] == Unit || sourceStrides[last] == 0)
            return;
        var from = Array.IndexOf(sourceStrides, Unit, 0, last);
        if (from < 0)
            return;
        var (length, source, destination) = (lengths[from], sourceStrides[from], destinationStrides[from]);
        for (var i = from; i < last - 1; i++)
            (lengths[i], sourceStrides[i], destinationStrides[i]) = (lengths[i + 1], sourceStrides[i + 1], destinationStrides[i + 1]);
        (lengths[last - 1], sourceStrides[last - 1], destinationStrides[last - 1]) = (length, source, destination);
        IsTile = true;
    }
}
