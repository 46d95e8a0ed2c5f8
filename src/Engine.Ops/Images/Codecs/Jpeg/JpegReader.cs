namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>Reads the segments of a JPEG file: tables, frame, scans.</summary>
internal sealed class JpegReader(JpegInput input)
{
    private readonly bool[] scanSlotTaken = new bool[4];
    private bool hasJfif;
    private int scans;

    public JpegInput Input => input;

    public JpegFrame? Frame { get; private set; }

    public ushort[]?[] Quantization { get; } = new ushort[]?[4];

    public HuffmanCode?[] DcCodes { get; } = new HuffmanCode?[4];

    public HuffmanCode?[] AcCodes { get; } = new HuffmanCode?[4];

    /// <summary>MCUs between restart markers, 0 for none.</summary>
    public int RestartInterval { get; private set; }

    /// <summary>The colour transform an Adobe segment names, or -1 without one.</summary>
    public int AdobeTransform { get; private set; } = -1;

    public JpegColorSpace ColorSpace
    {
        get
        {
            var c = Frame!.Components;
            return c.Length switch
            {
                1 => JpegColorSpace.Gray,
                3 when hasJfif => JpegColorSpace.YCbCr,
                3 when AdobeTransform >= 0 => AdobeTransform == 0 ? JpegColorSpace.Rgb : JpegColorSpace.YCbCr,
                3 => c[0].Id == 'R' && c[1].Id == 'G' && c[2].Id == 'B' ? JpegColorSpace.Rgb : JpegColorSpace.YCbCr,
                4 => AdobeTransform > 0 ? JpegColorSpace.Ycck : JpegColorSpace.Cmyk,
                _ => JpegColorSpace.Unknown,
            };
        }
    }

    /// <summary>Reads the start-of-image marker.</summary>
    public void ReadStart()
    {
        if (input.NextByte() != 0xFF || input.NextByte() != JpegMarker.StartOfImage)
            throw JpegError.Invalid("no start of image");
        input.EndUnit();
    }

    /// <summary>Reads segments up to the next scan, or returns null at the end of the image.</summary>
    public JpegScan? ReadToScan()
    {
        while (true)
        {
            if (input.PendingMarker == 0)
                input.FindMarker();
            var marker = input.PendingMarker;
            switch (marker)
            {
                case JpegMarker.StartOfScan:
                    var scan = ReadScan();
                    input.PendingMarker = 0;
                    return scan;
                case JpegMarker.EndOfImage:
                    input.PendingMarker = 0;
                    return null;
                case JpegMarker.BaselineFrame or JpegMarker.ExtendedFrame or JpegMarker.ProgressiveFrame:
                    ReadFrame(marker == JpegMarker.ProgressiveFrame);
                    break;
                case JpegMarker.HuffmanTables:
                    ReadHuffmanTables();
                    break;
                case JpegMarker.QuantizationTables:
                    ReadQuantizationTables();
                    break;
                case JpegMarker.RestartInterval:
                    if (input.NextShort() != 4)
                        throw JpegError.Invalid("bad length of a restart interval");
                    RestartInterval = input.NextShort();
                    break;
                case JpegMarker.ArithmeticConditioning or JpegMarker.NumberOfLines or JpegMarker.Comment:
                    input.Skip(input.NextShort() - 2);
                    break;
                case >= JpegMarker.FirstApplication and <= JpegMarker.LastApplication:
                    ReadApplication(marker);
                    break;
                case (>= JpegMarker.FirstRestart and <= JpegMarker.LastRestart) or JpegMarker.Temporary:
                    break;
                default:
                    throw JpegError.Invalid($"unexpected or unsupported marker 0x{marker:X2}");
            }
            input.EndUnit();
            input.PendingMarker = 0;
        }
    }

    private void ReadFrame(bool isProgressive)
    {
        if (Frame is not null)
            throw JpegError.Invalid("two frames");
        var length = input.NextShort();
        var precision = input.NextByte();
        var (height, width) = (input.NextShort(), input.NextShort());
        var count = input.NextByte();
        if (height == 0 || width == 0 || count == 0)
            throw JpegError.Invalid("empty image");
        if (length != (count * 3) + 8)
            throw JpegError.Invalid("bad length of a frame");
        if (precision != 8 || height > 65500 || width > 65500 || count > 10)
            throw JpegError.Invalid("unsupported frame");
        var components = new JpegComponent[count];
        for (var i = 0; i < count; i++)
        {
            var (id, sampling, table) = (input.NextByte(), input.NextByte(), input.NextByte());
            if ((sampling >> 4) is < 1 or > 4 || (sampling & 15) is < 1 or > 4)
                throw JpegError.Invalid("bad sampling factors");
            components[i] = new JpegComponent { Index = i, Id = id, Horizontal = sampling >> 4, Vertical = sampling & 15, QuantizationIndex = table };
        }
        Frame = new JpegFrame(width, height, isProgressive, components);
    }

    private JpegScan ReadScan()
    {
        if (Frame is null)
            throw JpegError.Invalid("a scan before the frame");
        var (length, count) = (input.NextShort(), input.NextByte());
        if (length != (count * 2) + 6 || count is < 1 or > 4)
            throw JpegError.Invalid("bad length of a scan");
        Array.Clear(scanSlotTaken);
        var components = new JpegComponent[count];
        for (var i = 0; i < count; i++)
        {
            var (id, tables) = (input.NextByte(), input.NextByte());
            // Equal ids happen: then the first component whose place in the scan is still free is meant.
            var component = Frame.Components.Take(4).FirstOrDefault(c => c.Id == id && !scanSlotTaken[c.Index]);
            if (component is null || components.Contains(component))
                throw JpegError.Invalid("a scan of an unknown component");
            scanSlotTaken[i] = true;
            (component.DcTable, component.AcTable) = (tables >> 4, tables & 15);
            components[i] = component;
        }
        var (first, last, bits) = (input.NextByte(), input.NextByte(), input.NextByte());
        input.EndUnit();
        return new JpegScan(components, ++scans, first, last, bits >> 4, bits & 15);
    }

    private void ReadHuffmanTables()
    {
        var length = input.NextShort() - 2;
        while (length > 16)
        {
            var index = input.NextByte();
            var counts = new byte[17];
            var total = 0;
            for (var i = 1; i <= 16; i++)
                total += counts[i] = (byte)input.NextByte();
            length -= 17;
            if (total > 256 || total > length)
                throw JpegError.Invalid("bad Huffman table");
            var symbols = new byte[256];
            for (var i = 0; i < total; i++)
                symbols[i] = (byte)input.NextByte();
            length -= total;
            var slot = index & ~0x10;
            if (slot > 3)
                throw JpegError.Invalid("bad Huffman table index");
            ((index & 0x10) != 0 ? AcCodes : DcCodes)[slot] = new HuffmanCode(counts, symbols);
        }
        if (length != 0)
            throw JpegError.Invalid("bad length of Huffman tables");
    }

    private void ReadQuantizationTables()
    {
        var length = input.NextShort() - 2;
        while (length > 0)
        {
            var head = input.NextByte();
            var (isWide, slot) = (head >> 4 != 0, head & 15);
            if (slot > 3)
                throw JpegError.Invalid("bad quantization table index");
            var factors = new ushort[64];
            for (var i = 0; i < 64; i++)
                factors[ZigZag.Order[i]] = (ushort)(isWide ? input.NextShort() : input.NextByte());
            Quantization[slot] = factors;
            length -= isWide ? 129 : 65;
        }
        if (length != 0)
            throw JpegError.Invalid("bad length of quantization tables");
    }

    private void ReadApplication(int marker)
    {
        var length = input.NextShort() - 2;
        if (marker is JpegMarker.FirstApplication or JpegMarker.Adobe)
        {
            Span<byte> head = stackalloc byte[Math.Clamp(length, 0, 14)];
            for (var i = 0; i < head.Length; i++)
                head[i] = (byte)input.NextByte();
            length -= head.Length;
            if (marker == JpegMarker.FirstApplication && head.Length >= 14 && head.StartsWith("JFIF\0"u8))
                hasJfif = true;
            else if (marker == JpegMarker.Adobe && head.Length >= 12 && head.StartsWith("Adobe"u8))
                AdobeTransform = head[11];
        }
        input.Skip(length);
    }
}
