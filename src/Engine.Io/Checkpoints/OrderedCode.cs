using System.Numerics;

namespace Engine.Io.Checkpoints;

/// <summary>Writes numbers and strings so that the order of the bytes is the order of the values. Slice keys are made of it.</summary>
internal sealed class OrderedCode
{
    private readonly List<byte> bytes = [];

    internal byte[] ToArray() => [.. bytes];

    /// <summary>The number of significant bytes, then these, the high ones first.</summary>
    internal void WriteNumber(ulong value)
    {
        var count = (71 - BitOperations.LeadingZeroCount(value)) / 8;
        bytes.Add((byte)count);
        for (var i = count - 1; i >= 0; i--)
            bytes.Add((byte)(value >> (8 * i)));
    }

    /// <summary>The bytes with 00 and ff escaped, then 00 01.</summary>
    internal void WriteString(ReadOnlySpan<byte> value)
    {
        foreach (var b in value)
        {
            bytes.Add(b);
            if (b is 0)
                bytes.Add(0xff);
            else if (b is 0xff)
                bytes.Add(0);
        }
        bytes.Add(0);
        bytes.Add(1);
    }

    /// <summary>The low bytes of the value, the high ones first, under a header whose leading equal bits tell their number: n bytes hold 7n - 1 bits and the sign.</summary>
    internal void WriteSigned(long value)
    {
        var magnitude = (ulong)(value >= 0 ? value : ~value);
        var bits = 64 - BitOperations.LeadingZeroCount(magnitude);
        var n = Math.Max(1, (bits + 7) / 7);
        Span<byte> code = stackalloc byte[10];
        for (var i = 0; i < n; i++)
        {
            var shift = 8 * (n - 1 - i);
            code[i] = (byte)(shift > 63 ? value >> 63 : value >> shift);
        }
        // n leading ones, flipped by the sign bits that lie under them.
        if (n <= 8)
        {
            code[0] ^= (byte)(0xff00 >> n);
        }
        else
        {
            code[0] ^= 0xff;
            code[1] ^= (byte)(0xff00 >> (n - 8));
        }
        bytes.AddRange(code[..n]);
    }
}
