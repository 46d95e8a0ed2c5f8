namespace Engine.Ops.Images.Codecs.Deflate;

/// <summary>A Huffman code of limited length. Among equal weights the choice is zlib's: the flatter tree, then the smaller symbol.</summary>
internal sealed class DeflateCode
{
    private DeflateCode(byte[] lengths, int used)
    {
        (Lengths, Used) = (lengths, used);
        var next = new int[17];
        for (var length = 1; length <= 15; length++)
            next[length + 1] = (next[length] + lengths.Count(l => l == length)) << 1;
        Codes = new int[lengths.Length];
        for (var i = 0; i < lengths.Length; i++)
        {
            // Codes are sent with their first bit lowest.
            for (int bit = 0, code = lengths[i] > 0 ? next[lengths[i]]++ : 0; bit < lengths[i]; bit++)
                Codes[i] |= ((code >> bit) & 1) << (lengths[i] - 1 - bit);
        }
    }

    public static DeflateCode FixedLiterals { get; } = new([.. Enumerable.Range(0, 288).Select(i => (byte)(i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))], 288);

    public static DeflateCode FixedDistances { get; } = new([.. Enumerable.Repeat((byte)5, 30)], 30);

    public byte[] Lengths { get; }

    public int[] Codes { get; }

    /// <summary>One more than the last symbol that has a code.</summary>
    public int Used { get; }

    /// <summary>Bits of all symbols' codes.</summary>
    public long Cost(ReadOnlySpan<int> counts)
    {
        var bits = 0L;
        for (var i = 0; i < counts.Length; i++)
            bits += (long)counts[i] * Lengths[i];
        return bits;
    }

    /// <param name="counts">How often each symbol occurs.</param>
    /// <param name="least">Symbols that are sent at least.</param>
    /// <param name="longest">Bits of the longest code allowed.</param>
    public static DeflateCode Make(ReadOnlySpan<int> counts, int least, int longest)
    {
        var tree = new Tree(counts);
        var lengths = tree.Lengths(longest);
        var used = counts.Length;
        while (used > least && lengths[used - 1] == 0)
            used--;
        return new DeflateCode(lengths, used);
    }

    /// <summary>Builds the tree with a heap of the lightest nodes.</summary>
    private sealed class Tree
    {
        private readonly int[] weights;
        private readonly int[] parents;
        private readonly byte[] depths;
        private readonly int[] heap;
        private readonly int symbols;
        private readonly List<int> byWeight = [];
        private int size;
        private int nodes;

        public Tree(ReadOnlySpan<int> counts)
        {
            symbols = counts.Length;
            weights = new int[(2 * symbols) + 1];
            parents = new int[weights.Length];
            depths = new byte[weights.Length];
            heap = new int[weights.Length];
            counts.CopyTo(weights);
            var last = -1;
            for (var i = 0; i < symbols; i++)
            {
                if (counts[i] > 0)
                    heap[++size] = last = i;
            }
            // A code has two symbols at least.
            while (size < 2)
            {
                var node = last < 2 ? ++last : 0;
                heap[++size] = node;
                weights[node] = 1;
            }
            for (var i = size / 2; i >= 1; i--)
                Sink(i);
            nodes = symbols;
            Join();
        }

        public byte[] Lengths(int longest)
        {
            var counts = new int[longest + 1];
            var lengths = new int[weights.Length];
            var tooLong = 0;
            // From the root down; leaves beyond the limit are drawn up to it.
            for (var i = byWeight.Count - 1; i >= 0; i--)
            {
                var node = byWeight[i];
                var length = i == byWeight.Count - 1 ? 0 : lengths[parents[node]] + 1;
                if (length > longest)
                    (length, tooLong) = (longest, tooLong + 1);
                lengths[node] = length;
                if (node < symbols)
                    counts[length]++;
            }
            if (tooLong == 0)
                return Array.ConvertAll(lengths[..symbols], length => (byte)length);
            for (; tooLong > 0; tooLong -= 2)
            {
                var length = longest - 1;
                while (counts[length] == 0)
                    length--;
                counts[length]--;
                counts[length + 1] += 2;
                counts[longest]--;
            }
            // The lightest leaves take the longest codes.
            var result = new byte[symbols];
            var next = 0;
            for (var length = longest; length > 0; length--)
            {
                for (var n = counts[length]; n > 0;)
                {
                    var node = byWeight[next++];
                    if (node >= symbols)
                        continue;
                    result[node] = (byte)length;
                    n--;
                }
            }
            return result;
        }

        private void Join()
        {
            while (size >= 2)
            {
                var first = heap[1];
                heap[1] = heap[size--];
                Sink(1);
                var second = heap[1];
                byWeight.Add(first);
                byWeight.Add(second);
                weights[nodes] = weights[first] + weights[second];
                depths[nodes] = (byte)(Math.Max(depths[first], depths[second]) + 1);
                parents[first] = parents[second] = nodes;
                heap[1] = nodes++;
                Sink(1);
            }
            byWeight.Add(heap[1]);
        }

        private bool IsLighter(int a, int b) => weights[a] < weights[b] || (weights[a] == weights[b] && depths[a] <= depths[b]);

        private void Sink(int at)
        {
            var node = heap[at];
            for (var child = 2 * at; child <= size; child *= 2)
            {
                if (child < size && IsLighter(heap[child + 1], heap[child]))
                    child++;
                if (IsLighter(node, heap[child]))
                    break;
                heap[at] = heap[child];
                at = child;
            }
            heap[at] = node;
        }
    }
}
