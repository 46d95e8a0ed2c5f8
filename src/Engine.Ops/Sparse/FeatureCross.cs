namespace Engine.Ops.Sparse;

/// <summary>All combinations of one feature of each column, row by row; the last column changes fastest.</summary>
internal static class FeatureCross
{
    private const ulong Multiplier = 0xC6A4A7935BD1E995;

    /// <summary>Calls <paramref name="found"/> for each combination.</summary>
    internal static void Walk(CrossColumn[] columns, long row, Action<int[]> found)
    {
        var counts = Array.ConvertAll(columns, c => c.Count(row));
        if (columns.Length == 0 || counts.Contains(0))
            return;
        var chosen = new int[columns.Length];
        while (true)
        {
            found(chosen);
            var i = columns.Length - 1;
            while (i >= 0 && ++chosen[i] == counts[i])
                chosen[i--] = 0;
            if (i < 0)
                return;
        }
    }

    /// <summary>Number of combinations in each row, with their sum.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when there are too many.</exception>
    internal static (long[] PerRow, long Total) Count(CrossColumn[] columns, long rows)
    {
        var perRow = new long[rows];
        Int128 total = 0;
        for (var row = 0; row < rows; row++)
        {
            Int128 count = columns.Length == 0 ? 0 : 1;
            foreach (var column in columns)
            {
                count *= column.Count(row);
                if (count > Array.MaxLength)
                    throw EngineException.InvalidArgument($"There are too many crosses in row {row}");
            }
            total += count;
            perRow[row] = (long)count;
        }
        return total <= Array.MaxLength ? (perRow, (long)total) : throw EngineException.InvalidArgument($"{total} crosses are too many");
    }

    /// <summary>The features of a combination as text with <paramref name="separator"/> between them.</summary>
    internal static byte[] Join(CrossColumn[] columns, long row, int[] chosen, byte[] separator)
    {
        var text = new List<byte>();
        for (var i = 0; i < columns.Length; i++)
        {
            if (i > 0)
                text.AddRange(separator);
            text.AddRange(columns[i].Text(row, chosen[i]));
        }
        return [.. text];
    }

    /// <summary>The fingerprints of a combination, mixed one after another into the key (the first one without a key) and brought into the buckets.</summary>
    internal static long Hash(CrossColumn[] columns, long row, int[] chosen, ulong? key, long buckets, Func<CrossColumn, long, int, ulong> fingerprint)
    {
        var hash = key;
        for (var i = 0; i < columns.Length; i++)
        {
            var next = fingerprint(columns[i], row, chosen[i]);
            hash = hash is { } known ? Mix(known, next) : next;
        }
        return (long)(hash.GetValueOrDefault() % (ulong)(buckets > 0 ? buckets : long.MaxValue));
    }

    private static ulong Mix(ulong x, ulong y)
    {
        var mixed = x ^ Multiplier;
        mixed ^= ShiftMix(y * Multiplier) * Multiplier;
        mixed *= Multiplier;
        return ShiftMix(ShiftMix(mixed) * Multiplier);
    }

    private static ulong ShiftMix(ulong value) => value ^ (value >> 47);
}
