using System.Numerics;

namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>Turns the blocks of a scan into symbols. DC tables are 0 and 1, AC tables 2 and 3: luminance, colours.</summary>
internal sealed class ScanTokens
{
    /// <summary>Bits of a refining scan that may wait for the end of a run of empty blocks.</summary>
    private const int MostWaitingBits = 937;

    private readonly List<byte> waitingBits = [];
    private int emptyBlocks;

    public List<CodeToken> Tokens { get; } = [];

    /// <summary>A whole block of a baseline file.</summary>
    public void Block(ReadOnlySpan<short> block, ref int previousDc, int table)
    {
        Difference(block[0] - previousDc, table);
        previousDc = block[0];
        var run = 0;
        for (var k = 1; k < 64; k++)
        {
            var value = (int)block[ZigZag.Order[k]];
            if (value == 0)
                run++;
            else
                Coefficient(value, ref run, table);
        }
        if (run > 0)
            Tokens.Add(new CodeToken((byte)(2 + table), 0, 0, 0));
    }

    /// <summary>The DC coefficient in the first scan of a progressive file.</summary>
    public void FirstDc(ReadOnlySpan<short> block, ref int previousDc, int table, int low)
    {
        var value = block[0] >> low;
        Difference(value - previousDc, table);
        previousDc = value;
    }

    public void RefineDc(ReadOnlySpan<short> block, int low) => Tokens.Add(new CodeToken(CodeToken.Plain, 0, 1, (ushort)((block[0] >> low) & 1)));

    public void FirstAc(ReadOnlySpan<short> block, int table, int first, int last, int low)
    {
        var run = 0;
        for (var k = first; k <= last; k++)
        {
            var coefficient = (int)block[ZigZag.Order[k]];
            var value = coefficient < 0 ? -(-coefficient >> low) : coefficient >> low;
            if (value == 0)
            {
                run++;
                continue;
            }
            EndEmptyBlocks(table);
            Coefficient(value, ref run, table);
        }
        if (run > 0 && ++emptyBlocks == 0x7FFF)
            EndEmptyBlocks(table);
    }

    public void RefineAc(ReadOnlySpan<short> block, int table, int first, int last, int low)
    {
        var lastNew = 0;
        for (var k = first; k <= last; k++)
        {
            if (Math.Abs((int)block[ZigZag.Order[k]]) >> low == 1)
                lastNew = k;
        }
        var run = 0;
        List<byte> corrections = [];
        for (var k = first; k <= last; k++)
        {
            var coefficient = (int)block[ZigZag.Order[k]];
            var size = Math.Abs(coefficient) >> low;
            if (size == 0)
            {
                run++;
                continue;
            }
            for (; run > 15 && k <= lastNew; run -= 16)
            {
                EndEmptyBlocks(table);
                Tokens.Add(new CodeToken((byte)(2 + table), 0xF0, 0, 0));
                Flush(corrections);
            }
            if (size > 1)
            {
                corrections.Add((byte)(size & 1));
                continue;
            }
            EndEmptyBlocks(table);
            Tokens.Add(new CodeToken((byte)(2 + table), (byte)((run << 4) + 1), 1, (ushort)(coefficient < 0 ? 0 : 1)));
            Flush(corrections);
            run = 0;
        }
        if (run == 0 && corrections.Count == 0)
            return;
        emptyBlocks++;
        waitingBits.AddRange(corrections);
        if (emptyBlocks == 0x7FFF || waitingBits.Count > MostWaitingBits)
            EndEmptyBlocks(table);
    }

    /// <summary>Writes the run of blocks without new coefficients, and the bits that wait for it.</summary>
    public void EndEmptyBlocks(int table)
    {
        if (emptyBlocks == 0)
            return;
        var bits = BitOperations.Log2((uint)emptyBlocks);
        Tokens.Add(new CodeToken((byte)(2 + table), (byte)(bits << 4), (byte)bits, (ushort)(emptyBlocks & ((1 << bits) - 1))));
        emptyBlocks = 0;
        Flush(waitingBits);
    }

    private void Difference(int difference, int table)
    {
        var size = Size(difference);
        Tokens.Add(new CodeToken((byte)table, (byte)size, (byte)size, Bits(difference, size)));
    }

    private void Coefficient(int value, ref int run, int table)
    {
        for (; run > 15; run -= 16)
            Tokens.Add(new CodeToken((byte)(2 + table), 0xF0, 0, 0));
        var size = Size(value);
        Tokens.Add(new CodeToken((byte)(2 + table), (byte)((run << 4) + size), (byte)size, Bits(value, size)));
        run = 0;
    }

    private void Flush(List<byte> bits)
    {
        foreach (var bit in bits)
            Tokens.Add(new CodeToken(CodeToken.Plain, 0, 1, bit));
        bits.Clear();
    }

    private static int Size(int value) => value == 0 ? 0 : BitOperations.Log2((uint)Math.Abs(value)) + 1;

    /// <summary>Negative values are one less, so that they begin with 0.</summary>
    private static ushort Bits(int value, int size) => (ushort)((value < 0 ? value - 1 : value) & ((1 << size) - 1));
}
