namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>Decodes a file of several scans: all coefficients are gathered, then transformed.</summary>
internal sealed class JpegCoefficients(JpegReader reader, JpegOptions options)
{
    private readonly JpegFrame frame = reader.Frame!;

    /// <summary>The last row of MCUs that the last scan had data for.</summary>
    private int lastGoodRow;

    /// <summary>Reads all scans and fills the samples of the components.</summary>
    public void Decode(JpegScan first)
    {
        var scan = first;
        for (var next = scan; next is not null; next = reader.ReadToScan())
        {
            scan = next;
            DecodeScan(scan);
        }
        var smooths = frame.IsProgressive && BlockSmoothing.IsUseful(frame);
        foreach (var c in frame.Components.Where(c => c.IsNeeded))
        {
            var transform = new InverseTransform(c.Quantization, c.BlockSize, options.FastTransform);
            c.Samples = new byte[c.SampleStride * c.BlockRows * c.BlockSize];
            if (c.Coefficients is null)
                Array.Fill(c.Samples, (byte)128);
            else if (smooths)
                new BlockSmoothing(frame, c, scan.Number, lastGoodRow).Transform(transform);
            else
                Transform(transform, c);
            c.Coefficients = null;
        }
    }

    /// <summary>The quantization factors of a component; a later table of the same number does not change them.</summary>
    public static ushort[] Quantization(JpegReader reader, JpegComponent c)
        => (c.QuantizationIndex < 4 ? reader.Quantization[c.QuantizationIndex] : null) ?? throw JpegError.Invalid("no quantization table");

    /// <exception cref="EngineException">An MCU of more blocks than the format allows.</exception>
    public static void CheckMcu(JpegScan scan)
    {
        if (scan.IsInterleaved && scan.Components.Sum(c => c.Horizontal * c.Vertical) > 10)
            throw JpegError.Invalid("too many blocks in an MCU");
    }

    private void DecodeScan(JpegScan scan)
    {
        CheckMcu(scan);
        var blocks = scan.IsInterleaved
            ? scan.Components.Sum(c => (long)c.BlockStride * c.BlockRows)
            : (long)scan.Components[0].BlocksAcross * scan.Components[0].BlocksDown;
        // Every block of a scan with DC coefficients has a bit at least: short data allocates nothing.
        if (!reader.Input.Recovers && scan.First == 0 && (reader.Input.Remaining + 8) * 8L < blocks)
            throw JpegError.Invalid("the data ends early");
        foreach (var c in scan.Components)
        {
            c.Quantization ??= Quantization(reader, c);
            c.Coefficients ??= new short[64L * c.BlockStride * c.BlockRows];
        }
        var decoder = ScanDecoder.Create(reader, scan);
        if (frame.IsProgressive)
            NoteKnownBits(scan);
        var rows = frame.McusDown;
        for (var row = 0; row < rows; row++)
        {
            if (scan.IsInterleaved)
                InterleavedRow(decoder, scan, row);
            else
                PlainRow(decoder, scan.Components[0], row);
        }
    }

    private static void NoteKnownBits(JpegScan scan)
    {
        foreach (var c in scan.Components)
        {
            for (var k = Math.Min(scan.First, 1); k < 10; k++)
                c.EarlierKnownBits[k] = scan.Number > 1 ? c.KnownBits[k] : 0;
            for (var k = scan.First; k <= Math.Min(scan.Last, 9); k++)
                c.KnownBits[k] = scan.Low;
        }
    }

    private void InterleavedRow(ScanDecoder decoder, JpegScan scan, int row)
    {
        for (var column = 0; column < frame.McusAcross; column++)
        {
            if (!Begin(decoder, row))
                continue;
            for (var slot = 0; slot < scan.Components.Length; slot++)
            {
                var c = scan.Components[slot];
                for (var i = 0; i < c.Horizontal * c.Vertical; i++)
                    decoder.DecodeBlock(Block(c, (row * c.Vertical) + (i / c.Horizontal), (column * c.Horizontal) + (i % c.Horizontal)), slot);
            }
            decoder.EndMcu();
        }
    }

    private void PlainRow(ScanDecoder decoder, JpegComponent c, int row)
    {
        var end = Math.Min((row + 1) * c.Vertical, c.BlocksDown);
        for (var y = row * c.Vertical; y < end; y++)
        {
            for (var x = 0; x < c.BlocksAcross; x++)
            {
                if (!Begin(decoder, row))
                    continue;
                decoder.DecodeBlock(Block(c, y, x), 0);
                decoder.EndMcu();
            }
        }
    }

    private bool Begin(ScanDecoder decoder, int row)
    {
        if (!decoder.IsExhausted)
            lastGoodRow = row;
        return decoder.BeginMcu();
    }

    private static Span<short> Block(JpegComponent c, int y, int x) => c.Coefficients.AsSpan(64 * ((y * c.BlockStride) + x), 64);

    private static void Transform(InverseTransform transform, JpegComponent c)
    {
        for (var y = 0; y < c.BlocksDown; y++)
        {
            for (var x = 0; x < c.BlocksAcross; x++)
                transform.Invoke(Block(c, y, x), c.Samples.AsSpan((y * c.BlockSize * c.SampleStride) + (x * c.BlockSize)), c.SampleStride);
        }
    }
}
