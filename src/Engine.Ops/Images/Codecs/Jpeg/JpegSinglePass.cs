namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>Decodes a file of one scan: every MCU goes straight into samples.</summary>
internal sealed class JpegSinglePass(JpegReader reader, JpegOptions options, JpegScan scan)
{
    private readonly JpegFrame frame = reader.Frame!;

    /// <summary>Decodes rows of MCUs until the data ends; returns how many are complete.</summary>
    /// <param name="required">The share of the rows without which there is no image.</param>
    public int Decode(float required)
    {
        foreach (var c in scan.Components)
            c.Quantization ??= JpegCoefficients.Quantization(reader, c);
        JpegCoefficients.CheckMcu(scan);
        // A block has 2 bits at least: data too short for the image it announces allocates nothing.
        var blocks = frame.Components.Sum(c => (long)c.BlockStride * c.Vertical);
        if (!reader.Input.Recovers && (reader.Input.Remaining * 4L / blocks) + 1 < required * frame.McusDown)
            throw JpegError.Invalid("the data ends early");
        var decoder = ScanDecoder.Create(reader, scan);
        var transforms = Array.ConvertAll(scan.Components, c => new InverseTransform(c.Quantization, c.BlockSize, options.FastTransform));
        foreach (var c in scan.Components.Where(c => c.IsNeeded))
            c.Samples = new byte[c.SampleStride * c.BlockRows * c.BlockSize];
        var row = 0;
        try
        {
            for (; row < frame.McusDown; row++)
            {
                if (scan.IsInterleaved)
                    InterleavedRow(decoder, transforms, row);
                else
                    PlainRow(decoder, transforms[0], scan.Components[0], row);
            }
        }
        catch (JpegSuspendedException)
        {
            // The rows before this one stand.
        }
        return row;
    }

    private void InterleavedRow(ScanDecoder decoder, InverseTransform[] transforms, int row)
    {
        Span<short> block = stackalloc short[64];
        for (var column = 0; column < frame.McusAcross; column++)
        {
            var hasData = decoder.BeginMcu();
            for (var slot = 0; slot < scan.Components.Length; slot++)
            {
                var c = scan.Components[slot];
                for (var i = 0; i < c.Horizontal * c.Vertical; i++)
                {
                    block.Clear();
                    if (hasData)
                        decoder.DecodeBlock(block, slot);
                    if (c.IsNeeded)
                        Transform(transforms[slot], c, block, (row * c.Vertical) + (i / c.Horizontal), (column * c.Horizontal) + (i % c.Horizontal));
                }
            }
            if (hasData)
                decoder.EndMcu();
        }
    }

    private static void PlainRow(ScanDecoder decoder, InverseTransform transform, JpegComponent c, int row)
    {
        Span<short> block = stackalloc short[64];
        var end = Math.Min((row + 1) * c.Vertical, c.BlocksDown);
        for (var y = row * c.Vertical; y < end; y++)
        {
            for (var x = 0; x < c.BlocksAcross; x++)
            {
                block.Clear();
                if (decoder.BeginMcu())
                {
                    decoder.DecodeBlock(block, 0);
                    decoder.EndMcu();
                }
                Transform(transform, c, block, y, x);
            }
        }
    }

    private static void Transform(InverseTransform transform, JpegComponent c, ReadOnlySpan<short> block, int y, int x)
        => transform.Invoke(block, c.Samples.AsSpan((y * c.BlockSize * c.SampleStride) + (x * c.BlockSize)), c.SampleStride);
}
