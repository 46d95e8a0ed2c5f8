using System.Numerics;
using Engine.Ops.Arrays;

namespace Engine.Ops.Sparse;

/// <summary>Counts of integers per row, as SparseBincount and RaggedBincount share them.</summary>
internal static class Bincount
{
    /// <summary>The number of bins.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT unless a scalar of 0 or more.</exception>
    internal static long Size(Tensor size)
    {
        if (size.Rank != 0)
            throw EngineException.InvalidArgument($"Shape must be rank 0 but is rank {size.Rank}");
        var bins = IndexTensor.Read(size)[0];
        return bins >= 0 ? bins : throw EngineException.InvalidArgument($"size ({bins}) must be non-negative");
    }

    /// <summary>Refuses weights that are neither empty nor of the values' shape.</summary>
    internal static void CheckWeights(Tensor weights, Tensor values)
    {
        if (weights.Count != 0 && !weights.Shape.Equals(values.Shape))
            throw EngineException.InvalidArgument($"weights must be empty or of the shape of values, {values.Shape}, got {weights.Shape}");
    }

    /// <summary>Adds each value's weight (one without weights) to its bin in its row of <paramref name="result"/>; values beyond the bins do not count.</summary>
    internal static void Count<T>(long[] values, ReadOnlySpan<T> weights, Func<int, long> row, long bins, bool binary, Span<T> result) where T : INumberBase<T>
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] < 0)
                throw EngineException.InvalidArgument("Input must be non-negative");
            var at = row(i);
            if (values[i] >= bins)
                continue;
            ref var bin = ref result[(int)(at * bins + values[i])];
            bin = binary ? T.One : bin + (weights.Length == 0 ? T.One : weights[i]);
        }
    }
}
