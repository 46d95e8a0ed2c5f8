using Engine.Ops.Arrays;

namespace Engine.Ops.Ragged;

/// <summary>Row splits: where each row of a ragged dimension begins and the last one ends.</summary>
internal static class RowSplits
{
    /// <summary>The splits of rows over <paramref name="count"/> values.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT unless they rise from 0 to that number.</exception>
    internal static long[] Read(Tensor tensor, long count)
    {
        var splits = Read(tensor);
        return splits[^1] == count ? splits
            : throw EngineException.InvalidArgument($"Splits must end with the number of values, got {splits[^1]} instead of {count}");
    }

    /// <summary>Splits whose end is not known.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT unless they rise from 0.</exception>
    internal static long[] Read(Tensor tensor)
    {
        var splits = IndexTensor.Vector(tensor, "Invalid ragged splits: they");
        if (splits.Length == 0)
            throw EngineException.InvalidArgument("Invalid ragged splits: they must have one element at least");
        if (splits[0] != 0)
            throw EngineException.InvalidArgument($"Invalid ragged splits: first element of splits must be 0 but is {splits[0]}");
        for (var i = 1; i < splits.Length; i++)
        {
            if (splits[i] < splits[i - 1])
                throw EngineException.InvalidArgument($"Invalid ragged splits: {splits[i]} follows {splits[i - 1]}, but they must not fall");
        }
        return splits;
    }

    /// <summary>Splits of several nested ragged dimensions over <paramref name="count"/> values, the outermost first; <paramref name="allowRest"/> accepts values behind the last row.</summary>
    internal static long[][] ReadNested(ReadOnlySpan<Tensor> tensors, long count, bool allowRest = false)
    {
        var nested = new long[tensors.Length][];
        for (var i = tensors.Length - 1; i >= 0; i--)
        {
            nested[i] = Read(tensors[i]);
            if (nested[i][^1] != count && (!allowRest || nested[i][^1] > count))
                throw EngineException.InvalidArgument($"Splits must end with the number of values, got {nested[i][^1]} instead of {count}");
            count = nested[i].Length - 1;
        }
        return nested;
    }

    /// <summary>A vector of splits of the given type.</summary>
    internal static Tensor Make(ReadOnlySpan<long> splits, DType type)
    {
        var tensor = Tensor.Allocate(type, Shape.Vector(splits.Length));
        IndexTensor.Write(splits, tensor);
        return tensor;
    }
}
