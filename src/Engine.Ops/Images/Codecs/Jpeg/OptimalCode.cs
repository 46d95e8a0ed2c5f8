namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>Makes the Huffman table that suits given frequencies best (annex K.2 of the standard).</summary>
internal static class OptimalCode
{
    private const int MaxLength = 32;

    public static HuffmanCode Make(ReadOnlySpan<long> frequencies)
    {
        // One more symbol takes the code of all ones, which must not occur.
        var weights = new long[257];
        frequencies.CopyTo(weights);
        weights[256] = 1;
        var lengths = new int[257];
        var next = new int[257];
        Array.Fill(next, -1);
        while (true)
        {
            var least = Least(weights, -1);
            var second = Least(weights, least);
            if (second < 0)
                break;
            weights[least] += weights[second];
            weights[second] = 0;
            // All symbols of both trees move one level down; the trees become one list.
            for (lengths[least]++; next[least] >= 0; lengths[least]++)
                least = next[least];
            next[least] = second;
            for (lengths[second]++; next[second] >= 0; lengths[second]++)
                second = next[second];
        }
        var counts = new int[MaxLength + 1];
        foreach (var length in lengths)
            counts[Math.Min(length, MaxLength)] += length > 0 ? 1 : 0;
        Shorten(counts);
        var symbols = new byte[256];
        var filled = 0;
        for (var length = 1; length <= MaxLength; length++)
        {
            for (var symbol = 0; symbol < 256; symbol++)
            {
                if (lengths[symbol] == length)
                    symbols[filled++] = (byte)symbol;
            }
        }
        return new HuffmanCode(Array.ConvertAll(counts[..17], n => (byte)n), symbols);
    }

    /// <summary>The symbol of the least weight above 0, the last of equal ones; -1 if there is none.</summary>
    private static int Least(long[] weights, int except)
    {
        var least = -1;
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] > 0 && i != except && (least < 0 || weights[i] <= weights[least]))
                least = i;
        }
        return least;
    }

    /// <summary>Brings all codes to 16 bits at most, and takes out the one of all ones.</summary>
    private static void Shorten(int[] counts)
    {
        for (var i = MaxLength; i > 16; i--)
        {
            while (counts[i] > 0)
            {
                var j = i - 2;
                while (counts[j] == 0)
                    j--;
                counts[i] -= 2;
                counts[i - 1]++;
                counts[j + 1] += 2;
                counts[j]--;
            }
        }
        var longest = 16;
        while (counts[longest] == 0)
            longest--;
        counts[longest]--;
    }
}
