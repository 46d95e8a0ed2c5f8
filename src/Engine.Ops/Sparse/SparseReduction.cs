using Engine.Ops.Arrays;

namespace Engine.Ops.Sparse;

/// <summary>Reductions of sparse tensors: entries grouped by the dimensions that stay.</summary>
internal sealed class SparseReduction
{
    private readonly SparseInput input;
    private readonly int[] kept;
    private readonly bool keepDims;

    /// <summary>Checks the axes.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for an axis out of range.</exception>
    internal SparseReduction(SparseInput input, Tensor axes, bool keepDims)
    {
        (this.input, this.keepDims) = (input, keepDims);
        if (axes.Rank > 1)
            throw EngineException.InvalidArgument($"Expected reduction_axes to be a scalar or a vector but received shape {axes.Shape}");
        var reduced = new bool[input.Rank];
        foreach (var axis in IndexTensor.Read(axes))
            reduced[IndexTensor.Axis(axis, input.Rank, "Invalid reduction dimension")] = true;
        kept = [.. Enumerable.Range(0, input.Rank).Where(d => !reduced[d])];
        Order = input.Order(kept);
    }

    /// <summary>The entries, those of one group beside each other.</summary>
    internal int[] Order { get; }

    /// <summary>The dimensions of the result.</summary>
    internal long[] ResultDims()
    {
        if (!keepDims)
            return [.. kept.Select(d => input.Dims[d])];
        var dims = new long[input.Rank];
        Array.Fill(dims, 1);
        foreach (var d in kept)
            dims[d] = input.Dims[d];
        return dims;
    }

    /// <summary>Where each group ends in <see cref="Order"/>.</summary>
    internal List<int> GroupEnds()
    {
        var ends = new List<int>();
        for (var i = 1; i <= Order.Length; i++)
        {
            if (i == Order.Length || input.Compare(Order[i - 1], Order[i], kept) != 0)
                ends.Add(i);
        }
        return ends;
    }

    /// <summary>Where a group's element is in the dense result.</summary>
    internal long Offset(int entry)
    {
        var row = input.Row(entry);
        var offset = 0L;
        foreach (var d in kept)
            offset = offset * input.Dims[d] + row[d];
        return offset;
    }

    /// <summary>Writes the coordinates of an entry's group as the sparse result has them.</summary>
    internal void WriteCoordinates(int entry, Span<long> coordinates)
    {
        var row = input.Row(entry);
        coordinates.Clear();
        for (var i = 0; i < kept.Length; i++)
            coordinates[keepDims ? kept[i] : i] = row[kept[i]];
    }
}
