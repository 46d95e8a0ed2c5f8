using System.Buffers.Binary;

namespace Engine.Ops.Images.Codecs.Png;

/// <summary>
/// The chunks of a PNG file that pixels depend on. Errors in the critical chunks end the reading, ancillary ones that are damaged or out of place are passed over, as in libpng.
/// </summary>
internal sealed class PngFile
{
    private const int MaxChunk = 8_000_000;

    private readonly byte[] data;
    private int position = 8;
    private bool isDataOver;

    /// <exception cref="EngineException">INVALID_ARGUMENT for a file without all that belongs to an image.</exception>
    public PngFile(byte[] data)
    {
        this.data = data;
        var name = Next(out var body, out var isIntact);
        if (name != "IHDR" || !isIntact)
            throw PngError.Invalid("no header");
        Header = PngHeader.Parse(body.Span);
        do
        {
            name = Next(out body, out isIntact);
            if (isIntact || char.IsAsciiLetterUpper(name[0]))
                Read(name, body, isIntact);
        }
        while (name != "IEND");
    }

    public PngHeader Header { get; }

    /// <summary>The parts of the compressed pixels.</summary>
    public List<ReadOnlyMemory<byte>> Pixels { get; } = [];

    /// <summary>Red, green, blue of each entry; empty without a palette.</summary>
    public byte[] Palette { get; private set; } = [];

    /// <summary>Opacity of the palette's entries, or the transparent colour in 16-bit samples; null without.</summary>
    public byte[]? Transparency { get; private set; }

    /// <summary>The exponent that made the samples from light, in 100,000ths; 0 if unknown.</summary>
    public int Gamma { get; private set; }

    /// <summary>Bits that count in 16-bit samples, or 0 where the file does not tell.</summary>
    public int SignificantBits { get; private set; }

    private bool HasStandardColors { get; set; }

    private bool IsBeforePalette => Palette.Length == 0 && Pixels.Count == 0;

    private string Next(out ReadOnlyMemory<byte> body, out bool isIntact)
    {
        if (data.Length - position < 12)
            throw PngError.Invalid("the data ends early");
        var length = BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(position));
        var kind = data.AsSpan(position + 4, 4);
        foreach (var letter in kind)
        {
            if (!char.IsAsciiLetter((char)letter))
                throw PngError.Invalid("bad chunk name");
        }
        var name = System.Text.Encoding.ASCII.GetString(kind);
        if (length > int.MaxValue || (length > MaxChunk && name != "IDAT") || length > data.Length - position - 12)
            throw PngError.Invalid("the data ends early");
        body = data.AsMemory(position + 8, (int)length);
        isIntact = PngChecksum.Of(data.AsSpan(position + 4, (int)length + 4)) == BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(position + 8 + (int)length));
        position += (int)length + 12;
        isDataOver |= Pixels.Count > 0 && name != "IDAT";
        return name;
    }

    private void Read(string name, ReadOnlyMemory<byte> body, bool isIntact)
    {
        switch (name)
        {
            case "PLTE" when isIntact:
                ReadPalette(body.Span);
                break;
            case "IDAT" when isIntact && (Header.Color != PngColorType.Palette || Palette.Length > 0):
                // Data after another chunk is not part of the stream.
                if (!isDataOver)
                    Pixels.Add(body);
                break;
            case "IEND" when isIntact && Pixels.Count > 0:
                break;
            case "tRNS":
                ReadTransparency(body.Span);
                break;
            case "gAMA" when IsBeforePalette && body.Length == 4 && !HasStandardColors && Gamma == 0:
                var gamma = BinaryPrimitives.ReadUInt32BigEndian(body.Span);
                Gamma = gamma is >= 16 and <= 625_000_000 ? (int)gamma : 0;
                break;
            case "sRGB" when IsBeforePalette && body.Length == 1 && body.Span[0] < 4:
                (HasStandardColors, Gamma) = (true, 45455);
                break;
            case "sBIT" when IsBeforePalette && body.Length == Header.Samples && Header.Depth == 16:
                SignificantBits = Math.Max(body.Span[0], Header.Color is PngColorType.Rgb or PngColorType.RgbAlpha ? Math.Max(body.Span[1], body.Span[2]) : (byte)0);
                break;
            default:
                if (char.IsAsciiLetterUpper(name[0]))
                    throw PngError.Invalid($"chunk {name} is damaged, unknown or out of place");
                break;
        }
    }

    private void ReadPalette(ReadOnlySpan<byte> body)
    {
        if (Palette.Length > 0)
            throw PngError.Invalid("two palettes");
        if (Pixels.Count > 0 || Header.IsGray)
            return;
        if (body.IsEmpty || body.Length > 768 || body.Length % 3 != 0)
        {
            if (Header.Color == PngColorType.Palette || body.IsEmpty)
                throw PngError.Invalid("bad palette");
            return;
        }
        var entries = Header.Color == PngColorType.Palette ? 1 << Header.Depth : 256;
        Palette = body[..Math.Min(body.Length, entries * 3)].ToArray();
    }

    private void ReadTransparency(ReadOnlySpan<byte> body)
    {
        var fits = Header.Color switch
        {
            PngColorType.Gray => body.Length == 2,
            PngColorType.Rgb => body.Length == 6,
            PngColorType.Palette => body.Length > 0 && body.Length <= Palette.Length / 3,
            _ => false,
        };
        if (fits && Pixels.Count == 0 && Transparency is null)
            Transparency = body.ToArray();
    }
}
