namespace Engine.Ops.Images.Codecs.Gif;

/// <summary>Decompresses the pixels of one picture; damaged codes lead where giflib lets them lead.</summary>
internal sealed class LzwDecoder
{
    private const int MaxBits = 12;
    private const int MaxCode = (1 << MaxBits) - 1;
    private const int NoCode = MaxCode + 3;

    private readonly GifInput input;
    private readonly int codeBits;
    private readonly int clearCode;
    private readonly int[] prefix = new int[MaxCode + 1];
    private readonly byte[] suffix = new byte[MaxCode + 1];
    private readonly byte[] stack = new byte[MaxCode + 1];
    private int stacked;
    private int lastCode = NoCode;
    private int nextCode;
    private int bits;
    private int limit;
    private uint shift;
    private int shiftBits;
    private byte[] block = [];
    private int blockPosition;

    /// <param name="input">Stands at the first block.</param>
    /// <param name="codeBits">Bits of a colour, 0 to 8.</param>
    public LzwDecoder(GifInput input, int codeBits)
    {
        (this.input, this.codeBits, clearCode) = (input, codeBits, 1 << codeBits);
        Clear();
    }

    /// <summary>Fills <paramref name="pixels"/>; false where the data ends or makes no sense.</summary>
    public bool TryRead(Span<byte> pixels)
    {
        var i = 0;
        Pop(pixels, ref i);
        while (i < pixels.Length)
        {
            if (!TryCode(out var code) || code == clearCode + 1)
                return false;
            if (code == clearCode)
            {
                Clear();
                continue;
            }
            if (code < clearCode)
                pixels[i++] = (byte)code;
            else if (!TryPush(code))
                return false;
            else
                Pop(pixels, ref i);
            var entry = nextCode - 2;
            if (lastCode != NoCode && entry <= MaxCode && prefix[entry] == NoCode)
            {
                prefix[entry] = lastCode;
                suffix[entry] = (byte)FirstOf(code == entry ? lastCode : code);
            }
            lastCode = code;
        }
        return true;
    }

    /// <summary>Passes over the blocks that are left, up to the empty one.</summary>
    public bool TryEnd()
    {
        while (input.TryBlock(out var rest))
        {
            if (rest.IsEmpty)
                return true;
        }
        return false;
    }

    private void Clear()
    {
        Array.Fill(prefix, NoCode);
        nextCode = clearCode + 2;
        bits = codeBits + 1;
        limit = 1 << bits;
        lastCode = NoCode;
    }

    private void Pop(Span<byte> pixels, ref int i)
    {
        while (stacked > 0 && i < pixels.Length)
            pixels[i++] = stack[--stacked];
    }

    /// <summary>Stacks the pixels that a code stands for, the last on the bottom.</summary>
    private bool TryPush(int code)
    {
        var from = code;
        if (prefix[code] == NoCode)
        {
            // Only the code that is about to be defined may be unknown: the last string and its own first pixel.
            var entry = nextCode - 2;
            from = lastCode;
            suffix[entry] = stack[stacked++] = (byte)FirstOf(code == entry ? lastCode : code);
        }
        while (stacked < MaxCode && from > clearCode && from <= MaxCode)
        {
            stack[stacked++] = suffix[from];
            from = prefix[from];
        }
        if (stacked >= MaxCode || from > MaxCode)
            return false;
        stack[stacked++] = (byte)from;
        return true;
    }

    private int FirstOf(int code)
    {
        for (var i = 0; code > clearCode && i <= MaxCode; i++)
        {
            if (code > MaxCode)
                return NoCode;
            code = prefix[code];
        }
        return code;
    }

    private bool TryCode(out int code)
    {
        code = 0;
        while (shiftBits < bits)
        {
            if (!TryByte(out var next))
                return false;
            shift |= (uint)next << shiftBits;
            shiftBits += 8;
        }
        code = (int)(shift & ((1u << bits) - 1));
        shift >>= bits;
        shiftBits -= bits;
        if (nextCode < MaxCode + 2 && ++nextCode > limit && bits < MaxBits)
        {
            limit <<= 1;
            bits++;
        }
        return true;
    }

    private bool TryByte(out byte value)
    {
        value = 0;
        if (blockPosition == block.Length)
        {
            if (!input.TryBlock(out var next) || next.IsEmpty)
                return false;
            (block, blockPosition) = (next.ToArray(), 0);
        }
        value = block[blockPosition++];
        return true;
    }
}
