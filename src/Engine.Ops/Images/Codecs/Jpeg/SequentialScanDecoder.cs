namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>Whole blocks, as baseline and extended files have them.</summary>
internal sealed class SequentialScanDecoder : ScanDecoder
{
    private readonly HuffmanCode[] dcCodes;
    private readonly HuffmanCode[] acCodes;
    private readonly int[] previousDc;

    public SequentialScanDecoder(JpegReader reader, JpegScan scan) : base(reader)
    {
        for (var i = 0; i < 2; i++)
        {
            reader.DcCodes[i] ??= HuffmanCode.StandardDc(i);
            reader.AcCodes[i] ??= HuffmanCode.StandardAc(i);
        }
        dcCodes = Array.ConvertAll(scan.Components, c => Table(reader.DcCodes, c.DcTable, isDc: true));
        acCodes = Array.ConvertAll(scan.Components, c => Table(reader.AcCodes, c.AcTable, isDc: false));
        previousDc = new int[scan.Components.Length];
    }

    public override void DecodeBlock(Span<short> block, int slot)
    {
        var size = Bits.Decode(dcCodes[slot]);
        previousDc[slot] += size > 0 ? Bits.TakeSigned(size) : 0;
        block[0] = (short)previousDc[slot];
        var code = acCodes[slot];
        for (var k = 1; k < 64; k++)
        {
            var symbol = Bits.Decode(code);
            var run = symbol >> 4;
            size = symbol & 15;
            if (size != 0)
            {
                k += run;
                block[ZigZag.Order[k]] = (short)Bits.TakeSigned(size);
            }
            else if (run == 15)
            {
                k += 15;
            }
            else
            {
                break;
            }
        }
    }

    protected override void Reset() => Array.Clear(previousDc);
}
