namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>One more bit of each DC coefficient of a progressive file.</summary>
internal sealed class RefiningDcScanDecoder(JpegReader reader, JpegScan scan) : ScanDecoder(reader)
{
    public override void DecodeBlock(Span<short> block, int slot)
    {
        if (Bits.Take(1) != 0)
            block[0] |= (short)(1 << scan.Low);
    }

    protected override void Reset()
    {
    }
}
