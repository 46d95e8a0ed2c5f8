namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>The first scan of the DC coefficients of a progressive file.</summary>
internal sealed class FirstDcScanDecoder(JpegReader reader, JpegScan scan) : ScanDecoder(reader)
{
    private readonly HuffmanCode[] codes = Array.ConvertAll(scan.Components, c => Table(reader.DcCodes, c.DcTable, isDc: true));
    private readonly int[] previous = new int[scan.Components.Length];

    public override void DecodeBlock(Span<short> block, int slot)
    {
        var size = Bits.Decode(codes[slot]);
        previous[slot] += size > 0 ? Bits.TakeSigned(size) : 0;
        block[0] = (short)(previous[slot] << scan.Low);
    }

    protected override void Reset() => Array.Clear(previous);
}
