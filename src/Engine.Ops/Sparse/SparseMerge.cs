namespace Engine.Ops.Sparse;

/// <summary>Two sparse tensors of one shape, walked through side by side in the order of their coordinates.</summary>
internal static class SparseMerge
{
    /// <summary>Where neither has an entry, -1 stands for it.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when the shapes differ or coordinates are out of bounds.</exception>
    internal static List<(int A, int B)> Pairs(SparseInput a, SparseInput b)
    {
        if (!a.Dims.AsSpan().SequenceEqual(b.Dims))
            throw EngineException.InvalidArgument($"Operands' shapes do not match: [{string.Join(',', a.Dims)}] vs. [{string.Join(',', b.Dims)}]");
        a.CheckBounds();
        b.CheckBounds();
        var pairs = new List<(int, int)>();
        var (i, j) = (0, 0);
        while (i < a.Count || j < b.Count)
        {
            var order = i == a.Count ? 1 : j == b.Count ? -1 : a.Row(i).SequenceCompareTo(b.Row(j));
            pairs.Add((order <= 0 ? i++ : -1, order >= 0 ? j++ : -1));
        }
        return pairs;
    }

    /// <summary>Writes the coordinates of the chosen pairs.</summary>
    internal static void WriteIndices(SparseInput a, SparseInput b, List<(int A, int B)> pairs, Tensor indices)
    {
        var to = indices.AsSpan<long>();
        for (var i = 0; i < pairs.Count; i++)
            (pairs[i].A >= 0 ? a.Row(pairs[i].A) : b.Row(pairs[i].B)).CopyTo(to[(i * a.Rank)..]);
    }
}
