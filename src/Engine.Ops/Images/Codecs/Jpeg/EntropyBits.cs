using System.Runtime.CompilerServices;

namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>The bits of entropy-coded data. At a marker the data is continued with zeros.</summary>
internal sealed class EntropyBits(JpegInput input)
{
    /// <summary>How full the buffer is made: what is read ahead decides where truncated data ends.</summary>
    private const int Full = 57;

    private ulong buffer;
    private int left;

    /// <summary>Whether zeros were made up since the last restart.</summary>
    public bool IsExhausted { get; set; }

    public void Clear() => left = 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Take(int count)
    {
        if (left < count)
            Fill(count);
        left -= count;
        return (int)(buffer >> left) & ((1 << count) - 1);
    }

    /// <summary>The number of <paramref name="size"/> bits that comes next: those that begin with 0 are negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int TakeSigned(int size)
    {
        var value = Take(size);
        return value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Decode(HuffmanCode code)
    {
        if (left < HuffmanCode.LookAhead)
        {
            Fill(0);
            if (left < HuffmanCode.LookAhead)
                return DecodeLong(code, 1);
        }
        var entry = (int)code.Lookup[(int)(buffer >> (left - HuffmanCode.LookAhead)) & 0xFF];
        if (entry == 0)
            return DecodeLong(code, HuffmanCode.LookAhead + 1);
        left -= entry >> 8;
        return entry & 0xFF;
    }

    private int DecodeLong(HuffmanCode code, int length)
    {
        var bits = Take(length);
        while (bits > code.Largest[length])
        {
            bits = (bits << 1) | Take(1);
            length++;
        }
        // Bits that are no code count as the symbol 0.
        return length > 16 ? 0 : code.Symbols[(bits + code.Offset[length]) & 0xFF];
    }

    private void Fill(int needed)
    {
        while (left < Full && input.PendingMarker == 0)
        {
            var next = input.NextByte();
            if (next == 0xFF)
            {
                do
                    next = input.NextByte();
                while (next == 0xFF);
                if (next != 0)
                {
                    input.PendingMarker = next;
                    break;
                }
                next = 0xFF;
            }
            buffer = (buffer << 8) | (uint)next;
            left += 8;
        }
        if (needed <= left)
            return;
        IsExhausted = true;
        buffer <<= Full - left;
        left = Full;
    }
}
