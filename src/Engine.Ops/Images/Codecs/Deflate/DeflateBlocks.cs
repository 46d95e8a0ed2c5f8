using System.Numerics;

namespace Engine.Ops.Images.Codecs.Deflate;

/// <summary>Collects the symbols of a block and writes it in the shortest of the three ways: stored, with the fixed code, with a code of its own.</summary>
internal sealed class DeflateBlocks(byte[] data, int window)
{
    private const int EndOfBlock = 256;
    private const int MostStored = 65535;

    private readonly List<(ushort Distance, byte Value)> symbols = [];
    private readonly MemoryStream output = new();
    private readonly int[] literalCounts = new int[286];
    private readonly int[] distanceCounts = new int[30];
    private ulong buffer;
    private int filled;
    private int blockStart;

    private static ReadOnlySpan<byte> LengthBits => [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    private static ReadOnlySpan<byte> LengthStarts => [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 255];

    private static ReadOnlySpan<byte> LengthCodeOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>Symbols of the block so far.</summary>
    public int Count => symbols.Count;

    public byte[] ToArray() => output.ToArray();

    public void Literal(byte value)
    {
        symbols.Add((0, value));
        literalCounts[value]++;
    }

    public void Match(int distance, int length)
    {
        symbols.Add(((ushort)distance, (byte)(length - 3)));
        literalCounts[EndOfBlock + 1 + LengthCode(length - 3)]++;
        distanceCounts[DistanceCode(distance - 1)]++;
    }

    /// <summary>Writes the symbols up to position <paramref name="end"/> of the data as a block.</summary>
    public void End(int end, bool isLast)
    {
        literalCounts[EndOfBlock] = 1;
        var literals = DeflateCode.Make(literalCounts, 257, 15);
        var distances = DeflateCode.Make(distanceCounts, 1, 15);
        var lengths = CodeLengths(literals, distances);
        var lengthCounts = new int[19];
        foreach (var (symbol, _, _) in lengths)
            lengthCounts[symbol]++;
        var lengthCode = DeflateCode.Make(lengthCounts, 1, 7);
        var sent = 19;
        while (sent > 4 && lengthCode.Lengths[LengthCodeOrder[sent - 1]] == 0)
            sent--;
        var extra = ExtraBits();
        var ownBits = literals.Cost(literalCounts) + distances.Cost(distanceCounts) + extra + 14 + (3 * sent) + lengths.Sum(l => lengthCode.Lengths[l.Symbol] + l.Bits);
        var fixedBits = DeflateCode.FixedLiterals.Cost(literalCounts) + DeflateCode.FixedDistances.Cost(distanceCounts) + extra;
        var (ownBytes, fixedBytes) = ((ownBits + 10) >> 3, (fixedBits + 10) >> 3);
        var stored = end - blockStart;
        if (stored + 4 <= Math.Min(ownBytes, fixedBytes) && IsInWindow(end))
        {
            WriteStored(stored, isLast);
        }
        else if (fixedBytes <= ownBytes)
        {
            Bits((1 << 1) | (isLast ? 1 : 0), 3);
            WriteSymbols(DeflateCode.FixedLiterals, DeflateCode.FixedDistances);
        }
        else
        {
            Bits((2 << 1) | (isLast ? 1 : 0), 3);
            Bits(literals.Used - 257, 5);
            Bits(distances.Used - 1, 5);
            Bits(sent - 4, 4);
            for (var i = 0; i < sent; i++)
                Bits(lengthCode.Lengths[LengthCodeOrder[i]], 3);
            foreach (var (symbol, bits, value) in lengths)
            {
                Code(lengthCode, symbol);
                Bits(value, bits);
            }
            WriteSymbols(literals, distances);
        }
        if (isLast)
            Align();
        blockStart = end;
        symbols.Clear();
        Array.Clear(literalCounts);
        Array.Clear(distanceCounts);
    }

    /// <summary>Writes <paramref name="length"/> bytes as they are, in blocks of whole rows that fill the window.</summary>
    public void Store(int length, int rowBytes)
    {
        var most = (int)Math.Min((window + rowBytes - 1L) / rowBytes * rowBytes, MostStored);
        for (; length - blockStart >= most; blockStart += most)
            WriteStored(most, isLast: false);
        WriteStored(length - blockStart, isLast: true);
    }

    private static int LengthCode(int length) => length == 255 ? 28 : length < 8 ? length : (BitOperations.Log2((uint)length) * 4) - 8 + ((length >> (BitOperations.Log2((uint)length) - 2)) & 3) + 4;

    private static int DistanceCode(int distance) => distance < 4 ? distance : (BitOperations.Log2((uint)distance) * 2) + ((distance >> (BitOperations.Log2((uint)distance) - 1)) & 1);

    private static int DistanceBits(int code) => code < 4 ? 0 : (code / 2) - 1;

    private static int DistanceStart(int code) => code < 4 ? code : (2 + (code & 1)) << DistanceBits(code);

    /// <summary>Whether a block's bytes are still in zlib's window of twice the reach when it ends; those that left it cannot be stored.</summary>
    private bool IsInWindow(int end)
    {
        // The window moves on when this many bytes are left to look at.
        var beyond = end - (2 * window) + 262;
        return beyond < 0 || blockStart >= ((beyond / window) + 1L) * window;
    }

    private long ExtraBits()
    {
        var bits = 0L;
        for (var i = 0; i < LengthBits.Length; i++)
            bits += (long)literalCounts[EndOfBlock + 1 + i] * LengthBits[i];
        for (var i = 0; i < distanceCounts.Length; i++)
            bits += (long)distanceCounts[i] * DistanceBits(i);
        return bits;
    }

    /// <summary>The lengths of both codes, runs shortened: 16 repeats the last, 17 and 18 are zeros.</summary>
    private static List<(int Symbol, int Bits, int Value)> CodeLengths(DeflateCode literals, DeflateCode distances)
    {
        List<(int, int, int)> list = [];
        foreach (var code in (ReadOnlySpan<DeflateCode>)[literals, distances])
        {
            var previous = -1;
            for (var i = 0; i < code.Used;)
            {
                int length = code.Lengths[i], run = 1;
                // A run ends with its code; the first of a run of lengths other than 0 is written out.
                var most = length == 0 ? 138 : length == previous ? 6 : 7;
                while (run < most && i + run < code.Used && code.Lengths[i + run] == length)
                    run++;
                i += run;
                if (length == 0)
                {
                    if (run < 3)
                        list.AddRange(Enumerable.Repeat((0, 0, 0), run));
                    else
                        list.Add(run <= 10 ? (17, 3, run - 3) : (18, 7, run - 11));
                }
                else
                {
                    var isRepeat = length == previous;
                    if (run < (isRepeat ? 3 : 4))
                    {
                        list.AddRange(Enumerable.Repeat((length, 0, 0), run));
                    }
                    else
                    {
                        if (!isRepeat)
                        {
                            list.Add((length, 0, 0));
                            run--;
                        }
                        list.Add((16, 2, run - 3));
                    }
                }
                previous = length;
            }
        }
        return list;
    }

    private void WriteSymbols(DeflateCode literals, DeflateCode distances)
    {
        foreach (var (distance, value) in symbols)
        {
            if (distance == 0)
            {
                Code(literals, value);
                continue;
            }
            var code = LengthCode(value);
            Code(literals, EndOfBlock + 1 + code);
            Bits(value - LengthStarts[code], LengthBits[code]);
            code = DistanceCode(distance - 1);
            Code(distances, code);
            Bits(distance - 1 - DistanceStart(code), DistanceBits(code));
        }
        Code(literals, EndOfBlock);
    }

    private void WriteStored(int length, bool isLast)
    {
        Bits(isLast ? 1 : 0, 3);
        Align();
        Bits(length, 16);
        Bits(~length & 0xFFFF, 16);
        output.Write(data, blockStart, length);
    }

    private void Code(DeflateCode code, int symbol) => Bits(code.Codes[symbol], code.Lengths[symbol]);

    /// <summary>Bits fill bytes from the low end.</summary>
    private void Bits(int bits, int count)
    {
        buffer |= (ulong)(uint)bits << filled;
        for (filled += count; filled >= 8; filled -= 8)
        {
            output.WriteByte((byte)buffer);
            buffer >>= 8;
        }
    }

    private void Align() => Bits(0, -filled & 7);
}
