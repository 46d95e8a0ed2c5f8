namespace Engine.Ops.Images.Codecs.Deflate;

/// <summary>
/// Compresses filtered pixels as zlib does for libpng, byte for byte: its match search with the largest hash table, short matches dropped,
/// the same block ends. The runtime's own zlib finds other matches and so makes other files.
/// </summary>
internal sealed class DeflateEncoder
{
    private const int MinMatch = 3;
    private const int MaxMatch = 258;

    /// <summary>Bytes that lie ahead while a match is looked for; matches reach back no further than the window less these.</summary>
    private const int Ahead = MaxMatch + MinMatch + 1;

    /// <summary>Symbols of a block.</summary>
    private const int MostSymbols = 32767;

    private const int HashBits = 16;
    private const int HashShift = 6;

    /// <summary>In filtered data matches up to this length cost more than they save.</summary>
    private const int ShortMatch = 5;

    private readonly byte[] data;
    private readonly int end;
    private readonly DeflateLevel level;
    private readonly int windowMask;
    private readonly int reach;
    private readonly int[] heads = new int[1 << HashBits];
    private readonly int[] earlier;
    private readonly DeflateBlocks blocks;
    private int matchStart;

    private DeflateEncoder(ReadOnlySpan<byte> bytes, int level, int windowBits)
    {
        end = bytes.Length;
        // Comparing may look beyond the end, as far as a match is long.
        data = new byte[end + MaxMatch + 1];
        bytes.CopyTo(data);
        this.level = DeflateLevel.Of(level);
        windowMask = (1 << windowBits) - 1;
        reach = (1 << windowBits) - Ahead;
        earlier = new int[1 << windowBits];
        blocks = new DeflateBlocks(data, 1 << windowBits);
    }

    /// <summary>The zlib stream of <paramref name="bytes"/>, rows of <paramref name="rowBytes"/>, at a level of 0 to 9.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> bytes, int rowBytes, int level)
    {
        var windowBits = 15;
        // Small images do not get a large window.
        for (var half = 1 << 14; bytes.Length <= 16384 && bytes.Length + Ahead <= half; half >>= 1)
            windowBits--;
        var encoder = new DeflateEncoder(bytes, level, windowBits);
        if (level == 0)
            encoder.blocks.Store(bytes.Length, rowBytes);
        else if (encoder.level.IsFast)
            encoder.RunFast();
        else
            encoder.RunLazy();
        var packed = encoder.blocks.ToArray();
        var header = Header(bytes.Length, level, windowBits);
        var sum = Adler(bytes);
        return [(byte)(header >> 8), (byte)header, .. packed, (byte)(sum >> 24), (byte)(sum >> 16), (byte)(sum >> 8), (byte)sum];
    }

    /// <summary>Names the smallest window that holds all the data, whatever window was used.</summary>
    private static int Header(int length, int level, int windowBits)
    {
        var info = windowBits - 8;
        if (length <= 16384)
        {
            while (info > 0 && length <= 1 << (info + 7))
                info--;
        }
        var header = (((info << 4) | 8) << 8) | ((level < 2 ? 0 : level < 6 ? 1 : level == 6 ? 2 : 3) << 6);
        return header + 31 - (header % 31);
    }

    private static uint Adler(ReadOnlySpan<byte> bytes)
    {
        uint a = 1, b = 0;
        foreach (var value in bytes)
        {
            a = (a + value) % 65521;
            b = (b + a) % 65521;
        }
        return (b << 16) | a;
    }

    private void RunFast()
    {
        var at = 0;
        while (at < end)
        {
            var head = end - at >= MinMatch ? Enter(at) : 0;
            var length = head != 0 && at - head <= reach ? Longest(at, head, MinMatch - 1) : 0;
            if (length < MinMatch)
            {
                blocks.Literal(data[at++]);
            }
            else
            {
                blocks.Match(at - matchStart, length);
                var next = at + length;
                if (length <= level.Lazy && end - next >= MinMatch)
                {
                    while (++at < next)
                        Enter(at);
                }
                at = next;
            }
            if (blocks.Count == MostSymbols)
                blocks.End(at, isLast: false);
        }
        blocks.End(end, isLast: true);
    }

    /// <summary>A match is taken unless the next position has a longer one.</summary>
    private void RunLazy()
    {
        var (at, length, isWaiting) = (0, MinMatch - 1, false);
        while (at < end)
        {
            var head = end - at >= MinMatch ? Enter(at) : 0;
            var (previousLength, previousStart) = (length, matchStart);
            length = MinMatch - 1;
            if (head != 0 && previousLength < level.Lazy && at - head <= reach)
            {
                length = Longest(at, head, previousLength);
                if (length <= ShortMatch)
                    length = MinMatch - 1;
            }
            if (previousLength >= MinMatch && length <= previousLength)
            {
                blocks.Match(at - 1 - previousStart, previousLength);
                var next = at - 1 + previousLength;
                for (at++; at < next; at++)
                {
                    if (at <= end - MinMatch)
                        Enter(at);
                }
                (length, isWaiting) = (MinMatch - 1, false);
                if (blocks.Count == MostSymbols)
                    blocks.End(at, isLast: false);
                continue;
            }
            if (isWaiting)
            {
                blocks.Literal(data[at - 1]);
                if (blocks.Count == MostSymbols)
                    blocks.End(at, isLast: false);
            }
            isWaiting = true;
            at++;
        }
        if (isWaiting)
            blocks.Literal(data[end - 1]);
        blocks.End(end, isLast: true);
    }

    /// <summary>Enters the three bytes at a position; returns the last position with the same hash. Position 0 counts as none.</summary>
    private int Enter(int at)
    {
        var hash = ((data[at] << (2 * HashShift)) ^ (data[at + 1] << HashShift) ^ data[at + 2]) & ((1 << HashBits) - 1);
        var head = heads[hash];
        earlier[at & windowMask] = head;
        heads[hash] = at;
        return head;
    }

    /// <summary>The length of the longest match at a position that is longer than <paramref name="best"/>, else something not longer.</summary>
    private int Longest(int at, int candidate, int best)
    {
        var lookAhead = end - at;
        var chain = best >= level.Good ? level.Chain >> 2 : level.Chain;
        var nice = Math.Min(level.Nice, lookAhead);
        var limit = Math.Max(at - reach, 0);
        var scan = data.AsSpan(at, MaxMatch);
        do
        {
            var match = data.AsSpan(candidate, MaxMatch);
            if (match[best] != scan[best] || match[best - 1] != scan[best - 1] || match[0] != scan[0] || match[1] != scan[1])
                continue;
            var length = match.CommonPrefixLength(scan);
            if (length <= best)
                continue;
            (matchStart, best) = (candidate, length);
            if (length >= nice)
                break;
        }
        while ((candidate = earlier[candidate & windowMask]) > limit && --chain != 0);
        return Math.Min(best, lookAhead);
    }
}
