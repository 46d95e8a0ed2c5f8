using Engine.Graphs;
using Engine.Ops.Arrays;

namespace Engine.Ops.Ragged;

/// <summary>How values are parted into nested rows, each level by row splits or by the row of each value.</summary>
internal sealed class RowPartitions
{
    private const string FirstDimension = "FIRST_DIM_SIZE", RowIds = "VALUE_ROWIDS", Splits = "ROW_SPLITS";

    private readonly (bool IsSplits, long[] Values)[] levels;
    private readonly long count;

    /// <summary>Reads and checks the partitions of <paramref name="count"/> values.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for malformed ones.</exception>
    internal RowPartitions(string[] types, Tensor[] tensors, long count)
    {
        this.count = count;
        if (tensors.Length != types.Length)
            throw EngineException.InvalidArgument($"{types.Length} row partition types for {tensors.Length} tensors");
        Depth = RaggedRank(types);
        levels = new (bool, long[])[Depth];
        var skip = types.Length - Depth;
        for (var i = 0; i < Depth; i++)
        {
            var tensor = tensors[i + skip];
            levels[i] = types[i + skip] == Splits ? (true, RowSplits.Read(tensor)) : (false, IndexTensor.Vector(tensor, "VALUE_ROWIDS"));
        }
        Rows = skip == 1 ? IndexTensor.Scalar(tensors[0], "FIRST_DIM_SIZE")
            : levels[0].IsSplits ? levels[0].Values.Length - 1 : throw EngineException.InvalidArgument("Cannot handle VALUE_ROWIDS in first dimension.");
        if (Rows < 0)
            throw EngineException.InvalidArgument($"FIRST_DIM_SIZE must not be negative, got {Rows}");
    }

    /// <summary>Number of ragged dimensions.</summary>
    internal int Depth { get; }

    /// <summary>Number of rows of the outermost dimension.</summary>
    internal long Rows { get; }

    /// <summary>The kinds of the partitions.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for a kind that does not exist here.</exception>
    internal static string[] Types(AttrValue attr)
    {
        string[] types = [.. attr.AsList().Select(t => t.AsString())];
        for (var i = 0; i < types.Length; i++)
        {
            if (types[i] is not (RowIds or Splits) && (types[i] != FirstDimension || i > 0))
                throw EngineException.InvalidArgument($"Unsupported row partition type {types[i]} at position {i}");
        }
        return RaggedRank(types) > 0 ? types : throw EngineException.InvalidArgument("There must be a ragged dimension");
    }

    /// <summary>Number of ragged dimensions of partitions of these kinds.</summary>
    internal static int RaggedRank(string[] types) => types.Length - (types.Length > 0 && types[0] == FirstDimension ? 1 : 0);

    /// <summary>The wanted shape with the inner dimensions of the values put in; -1 where a dimension follows from the rows.</summary>
    internal static long[] ResultShape(int depth, Tensor wanted, PartialShape values)
    {
        var rank = depth + values.Rank;
        var dims = new long[rank];
        if (wanted.Rank == 0)
        {
            if (IndexTensor.Read(wanted)[0] != -1)
                throw EngineException.InvalidArgument("tensor shape must be a vector, or the scalar -1");
            Array.Fill(dims, -1);
        }
        else
        {
            dims = IndexTensor.Vector(wanted, "shape");
            if (dims.Length != rank)
                throw EngineException.InvalidArgument($"values.shape={values} and shape of rank {dims.Length} are inconsistent: the result has {rank} dimensions");
        }
        foreach (var d in dims)
        {
            if (d < -1)
                throw EngineException.InvalidArgument($"shape must have dimensions of -1 or more, got {d}");
        }
        for (var i = 1; i < values.Rank; i++)
        {
            ref var d = ref dims[depth + i];
            if (d >= 0 && values[i] >= 0 && d != values[i])
                throw EngineException.InvalidArgument($"Inconsistent inner dimension {i} of values: {values[i]} and {d} in shape");
            d = d >= 0 ? d : values[i];
        }
        return dims;
    }

    /// <summary>The longest row of a level.</summary>
    internal long MaxLength(int level)
    {
        var (isSplits, values) = levels[level];
        var (longest, length) = (0L, 0L);
        for (var i = isSplits ? 1 : 0; i < values.Length; i++)
        {
            length = isSplits ? values[i] - values[i - 1] : i > 0 && values[i] == values[i - 1] ? length + 1 : 1;
            longest = Math.Max(longest, length);
        }
        return longest;
    }

    /// <summary>Where in a dense tensor of the given dimensions each value goes, counted in rows of values; -1 for what is cut.</summary>
    internal long[] Places(long[] dims)
    {
        var steps = new long[Depth + 1];
        steps[Depth] = 1;
        for (var i = Depth - 1; i >= 0; i--)
            steps[i] = steps[i + 1] * dims[i + 1];
        if (Rows > Array.MaxLength)
            throw EngineException.InvalidArgument($"FIRST_DIM_SIZE {Rows} is too large");
        var places = new long[Rows];
        for (var i = 0; i < places.Length; i++)
            places[i] = i < dims[0] ? i * steps[0] : -1;
        for (var level = 0; level < Depth; level++)
            places = levels[level].IsSplits ? OfSplits(levels[level].Values, places, steps[level + 1], dims[level + 1]) : OfRowIds(levels[level].Values, places, steps[level + 1], dims[level + 1]);
        return places.Length == count ? places : throw EngineException.InvalidArgument($"The row partitions hold {places.Length} values, but there are {count}");
    }

    private long[] OfSplits(long[] splits, long[] parents, long step, long width)
    {
        if (splits.Length - 1 != parents.Length)
            throw EngineException.InvalidArgument($"Invalid row split size: {splits.Length} splits for {parents.Length} rows");
        var places = new long[Limited(splits[^1])];
        for (var r = 0; r < parents.Length; r++)
        {
            for (var i = splits[r]; i < splits[r + 1]; i++)
                places[i] = parents[r] >= 0 && i - splits[r] < width ? parents[r] + (i - splits[r]) * step : -1;
        }
        return places;
    }

    // No level has more values than the innermost one, but for empty rows: what is beyond is refused before memory is asked for.
    private long Limited(long length)
    {
        var longest = count;
        foreach (var (isSplits, values) in levels)
            longest = Math.Max(longest, isSplits ? values.Length - 1 : values.Length);
        return length <= longest ? length : throw EngineException.InvalidArgument($"Row splits end with {length}, but there are {longest} values at most");
    }

    private static long[] OfRowIds(long[] rows, long[] parents, long step, long width)
    {
        var places = new long[rows.Length];
        var column = 0L;
        for (var i = 0; i < rows.Length; i++)
        {
            if ((ulong)rows[i] >= (ulong)parents.Length)
                throw EngineException.InvalidArgument($"Got value_rowid={rows[i]} which is not in [0, {parents.Length})");
            column = i > 0 && rows[i] == rows[i - 1] ? column + 1 : 0;
            places[i] = parents[rows[i]] >= 0 && column < width ? parents[rows[i]] + column * step : -1;
        }
        return places;
    }
}
