namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>The first scan of a band of AC coefficients of a progressive file.</summary>
internal sealed class FirstAcScanDecoder(JpegReader reader, JpegScan scan) : ScanDecoder(reader)
{
    private readonly HuffmanCode code = Table(reader.AcCodes, scan.Components[0].AcTable, isDc: false);
    private int emptyBlocks;

    public override void DecodeBlock(Span<short> block, int slot)
    {
        if (emptyBlocks > 0)
        {
            emptyBlocks--;
            return;
        }
        for (var k = scan.First; k <= scan.Last; k++)
        {
            var symbol = Bits.Decode(code);
            var (run, size) = (symbol >> 4, symbol & 15);
            if (size != 0)
            {
                k += run;
                block[ZigZag.Order[k]] = (short)(Bits.TakeSigned(size) << scan.Low);
            }
            else if (run == 15)
            {
                k += 15;
            }
            else
            {
                emptyBlocks = (1 << run) - 1 + (run > 0 ? Bits.Take(run) : 0);
                break;
            }
        }
    }

    protected override void Reset() => emptyBlocks = 0;
}
