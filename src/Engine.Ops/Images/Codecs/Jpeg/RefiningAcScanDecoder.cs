namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>One more bit of a band of AC coefficients of a progressive file, and the coefficients that begin at that bit.</summary>
internal sealed class RefiningAcScanDecoder(JpegReader reader, JpegScan scan) : ScanDecoder(reader)
{
    private readonly HuffmanCode code = Table(reader.AcCodes, scan.Components[0].AcTable, isDc: false);
    private readonly int one = 1 << scan.Low;
    private int emptyBlocks;

    public override void DecodeBlock(Span<short> block, int slot)
    {
        var k = scan.First;
        if (emptyBlocks == 0)
        {
            for (; k <= scan.Last; k++)
            {
                var symbol = Bits.Decode(code);
                var run = symbol >> 4;
                var isNew = (symbol & 15) != 0;
                var value = 0;
                if (isNew)
                {
                    value = Bits.Take(1) != 0 ? one : -one;
                }
                else if (run != 15)
                {
                    emptyBlocks = (1 << run) + (run > 0 ? Bits.Take(run) : 0);
                    break;
                }
                // The run counts zeros alone; coefficients known already each have their bit on the way.
                for (; k <= scan.Last; k++)
                {
                    ref var coefficient = ref block[ZigZag.Order[k]];
                    if (coefficient != 0)
                        Refine(ref coefficient);
                    else if (--run < 0)
                        break;
                }
                if (isNew)
                    block[ZigZag.Order[k]] = (short)value;
            }
        }
        if (emptyBlocks == 0)
            return;
        for (; k <= scan.Last; k++)
        {
            ref var coefficient = ref block[ZigZag.Order[k]];
            if (coefficient != 0)
                Refine(ref coefficient);
        }
        emptyBlocks--;
    }

    protected override void Reset() => emptyBlocks = 0;

    private void Refine(ref short coefficient)
    {
        if (Bits.Take(1) != 0 && (coefficient & one) == 0)
            coefficient += (short)(coefficient >= 0 ? one : -one);
    }
}
