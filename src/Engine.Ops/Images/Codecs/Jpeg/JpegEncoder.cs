namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>Encodes gray and RGB images.</summary>
internal sealed class JpegEncoder
{
    private const int MaxSide = 65500;

    private readonly JpegEncoding encoding;
    private readonly JpegWriter writer = new();
    private readonly int width;
    private readonly int height;
    private readonly EncodedComponent[] components;
    private readonly bool[] isWritten = new bool[4];

    private JpegEncoder(ReadOnlySpan<byte> pixels, int height, int width, int channels, JpegEncoding encoding)
    {
        (this.encoding, this.height, this.width) = (encoding, height, width);
        Factors = channels == 1
            ? [QuantizationTables.Make(encoding.Quality, isLuminance: true)]
            : [QuantizationTables.Make(encoding.Quality, isLuminance: true), QuantizationTables.Make(encoding.Quality, isLuminance: false)];
        var sampling = channels == 3 && encoding.DownsamplesColors ? 2 : 1;
        var (across, down) = ((width + (8 * sampling) - 1) / (8 * sampling), (height + (8 * sampling) - 1) / (8 * sampling));
        components = new EncodedComponent[channels];
        for (var c = 0; c < channels; c++)
        {
            var plane = channels == 1 ? pixels.ToArray() : SourcePlanes.Make(pixels, c);
            var isSmall = c > 0 && sampling == 2;
            if (isSmall)
                plane = SourcePlanes.Halve(plane, width, height);
            var (w, h) = isSmall ? ((width + 15) / 16 * 8, (height + 1) / 2) : (width, height);
            components[c] = new EncodedComponent(plane, w, h, c == 0 ? sampling : 1, across, down, Factors[c == 0 ? 0 : 1]);
        }
    }

    private byte[][] Factors { get; }

    /// <summary>The file.</summary>
    /// <exception cref="EngineException">INTERNAL for an image or metadata that the format cannot hold.</exception>
    public static byte[] Encode(ReadOnlySpan<byte> pixels, int height, int width, int channels, JpegEncoding encoding)
    {
        if (width is 0 or > MaxSide || height is 0 or > MaxSide || encoding.Metadata.Length > 65504)
            throw EngineException.Internal($"JPEG encoding failed: an image of {height} by {width}");
        return new JpegEncoder(pixels, height, width, channels, encoding).Encode();
    }

    private byte[] Encode()
    {
        writer.Marker(JpegMarker.StartOfImage);
        writer.Segment(JpegMarker.FirstApplication,
        [
            .. "JFIF\0"u8, 1, 1, encoding.DensityUnit, (byte)(encoding.DensityX >> 8), (byte)encoding.DensityX, (byte)(encoding.DensityY >> 8), (byte)encoding.DensityY, 0, 0,
        ]);
        if (encoding.Metadata.Length > 0)
            writer.Segment(JpegMarker.FirstApplication + 1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. encoding.Metadata]);
        for (var i = 0; i < Factors.Length; i++)
            writer.Segment(JpegMarker.QuantizationTables, [(byte)i, .. ZigZag.Order[..64].ToArray().Select(position => Factors[i][position])]);
        List<byte> frame = [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, (byte)components.Length];
        for (var i = 0; i < components.Length; i++)
            frame.AddRange([(byte)(i + 1), (byte)(components[i].Sampling * 17), (byte)Math.Min(i, 1)]);
        writer.Segment(encoding.IsProgressive ? JpegMarker.ProgressiveFrame : JpegMarker.BaselineFrame, [.. frame]);
        foreach (var (part, first, last, high, low) in encoding.IsProgressive ? Progression() : [(-1, 0, 63, 0, 0)])
            WriteScan(part, first, last, high, low);
        writer.Marker(JpegMarker.EndOfImage);
        return writer.ToArray();
    }

    /// <summary>The scans of a progressive file: component (-1 for all), first and last coefficient, bit refined from, bit reached.</summary>
    private List<(int Part, int First, int Last, int High, int Low)> Progression() => components.Length == 1
        ? [(-1, 0, 0, 0, 1), (0, 1, 5, 0, 2), (0, 6, 63, 0, 2), (0, 1, 63, 2, 1), (-1, 0, 0, 1, 0), (0, 1, 63, 1, 0)]
        :
        [
            (-1, 0, 0, 0, 1), (0, 1, 5, 0, 2), (2, 1, 63, 0, 1), (1, 1, 63, 0, 1), (0, 6, 63, 0, 2), (0, 1, 63, 2, 1), (-1, 0, 0, 1, 0),
            (2, 1, 63, 1, 0), (1, 1, 63, 1, 0), (0, 1, 63, 1, 0),
        ];

    private void WriteScan(int part, int first, int last, int high, int low)
    {
        var tokens = new ScanTokens();
        if (part < 0)
        {
            Interleaved(tokens, last, high, low);
        }
        else
        {
            var c = components[part];
            var table = Math.Min(part, 1);
            for (var i = 0; i < c.BlocksAcross * c.BlocksDown; i++)
            {
                var block = c.Block(i / c.BlocksAcross, i % c.BlocksAcross);
                if (high == 0)
                    tokens.FirstAc(block, table, first, last, low);
                else
                    tokens.RefineAc(block, table, first, last, low);
            }
            tokens.EndEmptyBlocks(table);
        }
        var codes = WriteTables(tokens.Tokens);
        int[] parts = part < 0 ? [.. Enumerable.Range(0, components.Length)] : [part];
        // Scans name only the tables they use.
        writer.Segment(JpegMarker.StartOfScan,
        [
            (byte)parts.Length,
            .. parts.SelectMany(p => (byte[])[(byte)(p + 1), (byte)((first == 0 && high == 0 ? Math.Min(p, 1) << 4 : 0) | (last > 0 ? Math.Min(p, 1) : 0))]),
            (byte)first, (byte)last, (byte)((high << 4) | low),
        ]);
        writer.Scan(tokens.Tokens, codes);
    }

    private void Interleaved(ScanTokens tokens, int last, int high, int low)
    {
        Span<int> previous = stackalloc int[components.Length];
        // A scan of one component goes through its blocks row by row, without those that only fill up an MCU.
        var isSingle = components.Length == 1;
        var (across, down) = isSingle
            ? (components[0].BlocksAcross, components[0].BlocksDown)
            : (components[0].BlockStride / components[0].Sampling, components[0].BlockRows / components[0].Sampling);
        for (var mcu = 0; mcu < across * down; mcu++)
        {
            for (var c = 0; c < components.Length; c++)
            {
                var component = components[c];
                var sampling = isSingle ? 1 : component.Sampling;
                for (var i = 0; i < sampling * sampling; i++)
                {
                    var block = component.Block((mcu / across * sampling) + (i / sampling), (mcu % across * sampling) + (i % sampling));
                    if (last > 0)
                        tokens.Block(block, ref previous[c], Math.Min(c, 1));
                    else if (high == 0)
                        tokens.FirstDc(block, ref previous[c], Math.Min(c, 1), low);
                    else
                        tokens.RefineDc(block, low);
                }
            }
        }
    }

    /// <summary>Writes the tables that the symbols need: the standard's, or made for them.</summary>
    private HuffmanCode?[] WriteTables(List<CodeToken> tokens)
    {
        var frequencies = new long[4][];
        foreach (var token in tokens)
        {
            if (token.Table != CodeToken.Plain)
                (frequencies[token.Table] ??= new long[256])[token.Symbol]++;
        }
        var codes = new HuffmanCode?[4];
        var isMade = encoding.IsProgressive || encoding.OptimizesSize;
        foreach (var table in (ReadOnlySpan<int>)[0, 2, 1, 3])
        {
            if (frequencies[table] is not { } used)
                continue;
            codes[table] = isMade ? OptimalCode.Make(used) : table < 2 ? HuffmanCode.StandardDc(table) : HuffmanCode.StandardAc(table - 2);
            if (isMade || !isWritten[table])
                writer.Table(table < 2 ? table : 0x10 + table - 2, codes[table]!);
            isWritten[table] = true;
        }
        return codes;
    }
}
