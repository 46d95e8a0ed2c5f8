using System.Buffers.Binary;

namespace Engine.Io.Tables;

/// <summary>Decodes raw Snappy blocks: the length as a varint, then literals and copies from what was decoded.</summary>
internal static class Snappy
{
    /// <summary>What a byte can decode to at most: the densest element is a copy of 64 bytes in 3.</summary>
    internal const int MaxRatio = 22;

    /// <summary>The decoded bytes, or null when the block is damaged. Allocates no more than the input can decode to.</summary>
    internal static byte[]? Decode(ReadOnlySpan<byte> input)
    {
        if (!Varint.TryRead(ref input, 5, out var length) || length > (ulong)input.Length * MaxRatio || length > int.MaxValue)
            return null;
        var output = new byte[length];
        var at = 0;
        while (!input.IsEmpty)
        {
            var tag = input[0];
            input = input[1..];
            if ((tag & 3) == 0)
            {
                var literal = tag >> 2;
                if (literal >= 60)
                {
                    var extra = literal - 59;
                    if (input.Length < extra)
                        return null;
                    var wide = Little(input[..extra]);
                    if (wide >= int.MaxValue)
                        return null;
                    literal = (int)wide;
                    input = input[extra..];
                }
                literal++;
                if (literal > input.Length || literal > output.Length - at)
                    return null;
                input[..literal].CopyTo(output.AsSpan(at));
                input = input[literal..];
                at += literal;
                continue;
            }
            var bytes = (tag & 3) == 3 ? 4 : tag & 3;
            if (input.Length < bytes)
                return null;
            var offset = Little(input[..bytes]);
            var count = (tag >> 2) + 1;
            if (bytes == 1)
            {
                offset |= (uint)(tag >> 5) << 8;
                count = ((tag >> 2) & 7) + 4;
            }
            input = input[bytes..];
            if (offset == 0 || offset > at || count > output.Length - at)
                return null;
            Copy(output, at, (int)offset, count);
            at += count;
        }
        return at == output.Length ? output : null;
    }

    // What is copied may be made by the same copy: a run repeats its last bytes.
    private static void Copy(byte[] output, int at, int offset, int count)
    {
        if (offset >= count)
        {
            output.AsSpan(at - offset, count).CopyTo(output.AsSpan(at));
            return;
        }
        for (var i = 0; i < count; i++)
            output[at + i] = output[at + i - offset];
    }

    private static uint Little(ReadOnlySpan<byte> bytes)
    {
        Span<byte> four = stackalloc byte[4];
        four.Clear();
        bytes.CopyTo(four);
        return BinaryPrimitives.ReadUInt32LittleEndian(four);
    }
}
