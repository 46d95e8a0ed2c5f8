namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>Writes markers, segments and entropy-coded bits.</summary>
internal sealed class JpegWriter
{
    private readonly MemoryStream output = new();
    private ulong buffer;
    private int filled;

    public byte[] ToArray() => output.ToArray();

    public void Marker(int marker)
    {
        output.WriteByte(0xFF);
        output.WriteByte((byte)marker);
    }

    public void Segment(int marker, ReadOnlySpan<byte> body)
    {
        Marker(marker);
        output.WriteByte((byte)((body.Length + 2) >> 8));
        output.WriteByte((byte)(body.Length + 2));
        output.Write(body);
    }

    public void Table(int index, HuffmanCode code)
    {
        var counts = code.Counts.AsSpan(1, 16);
        var total = 0;
        foreach (var count in counts)
            total += count;
        Segment(JpegMarker.HuffmanTables, [(byte)index, .. counts, .. code.Symbols.AsSpan(0, total)]);
    }

    /// <summary>Writes symbols with their codes.</summary>
    public void Scan(List<CodeToken> tokens, HuffmanCode?[] codes)
    {
        var tables = Array.ConvertAll(codes, c => c is null ? null : Codes(c));
        foreach (var token in tokens)
        {
            if (token.Table != CodeToken.Plain)
            {
                var (code, length) = tables[token.Table]![token.Symbol];
                Bits(code, length);
            }
            Bits(token.Bits, token.Count);
        }
        // The last byte is filled up with ones.
        Bits(0x7F, 7);
        buffer = 0;
        filled = 0;
    }

    private static (int Code, int Length)[] Codes(HuffmanCode code)
    {
        var codes = new (int, int)[256];
        var (next, symbol) = (0, 0);
        for (var length = 1; length <= 16; length++, next <<= 1)
        {
            for (var i = 0; i < code.Counts[length]; i++)
                codes[code.Symbols[symbol++]] = (next++, length);
        }
        return codes;
    }

    private void Bits(int bits, int count)
    {
        buffer = (buffer << count) | (uint)bits;
        filled += count;
        while (filled >= 8)
        {
            filled -= 8;
            var next = (byte)(buffer >> filled);
            output.WriteByte(next);
            // A 0 tells data from a marker.
            if (next == 0xFF)
                output.WriteByte(0);
        }
    }
}
