namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>Decodes the blocks of one scan, MCU by MCU.</summary>
internal abstract class ScanDecoder(JpegReader reader)
{
    private readonly int interval = reader.RestartInterval;
    private int untilRestart = reader.RestartInterval;
    private int nextRestart;

    protected EntropyBits Bits { get; } = new(reader.Input);

    /// <summary>Whether the data of the scan ran out: blocks that follow stay as they are.</summary>
    public bool IsExhausted => Bits.IsExhausted;

    /// <summary>The decoder for a scan.</summary>
    /// <exception cref="EngineException">The scan's parameters or tables make no sense.</exception>
    public static ScanDecoder Create(JpegReader reader, JpegScan scan)
    {
        if (!reader.Frame!.IsProgressive)
            return new SequentialScanDecoder(reader, scan);
        var isValid = scan.First == 0 ? scan.Last == 0 : scan.First <= scan.Last && scan.Last < 64 && !scan.IsInterleaved;
        if (!isValid || (scan.High != 0 && scan.Low != scan.High - 1) || scan.Low > 13)
            throw JpegError.Invalid("bad parameters of a progressive scan");
        return scan switch
        {
            { First: 0, High: 0 } => new FirstDcScanDecoder(reader, scan),
            { First: 0 } => new RefiningDcScanDecoder(reader, scan),
            { High: 0 } => new FirstAcScanDecoder(reader, scan),
            _ => new RefiningAcScanDecoder(reader, scan),
        };
    }

    /// <summary>To call before the blocks of an MCU; false where no data is left for them.</summary>
    public bool BeginMcu()
    {
        if (interval > 0 && untilRestart == 0)
            Restart();
        return !Bits.IsExhausted;
    }

    /// <summary>Decodes one block of component number <paramref name="slot"/> of the scan into its coefficients.</summary>
    public abstract void DecodeBlock(Span<short> block, int slot);

    public void EndMcu()
    {
        reader.Input.EndUnit();
        untilRestart--;
    }

    /// <summary>Forgets what the decoder carries from block to block.</summary>
    protected abstract void Reset();

    protected static HuffmanCode Table(HuffmanCode?[] tables, int index, bool isDc)
        => (index < tables.Length ? tables[index] : null)?.Build(isDc) ?? throw JpegError.Invalid("a scan names a Huffman table that is not defined");

    private void Restart()
    {
        Bits.Clear();
        if (reader.Input.PendingMarker == 0)
            reader.Input.FindMarker();
        if (reader.Input.PendingMarker == JpegMarker.FirstRestart + nextRestart)
            reader.Input.PendingMarker = 0;
        else
            Resynchronize();
        nextRestart = (nextRestart + 1) & 7;
        Reset();
        untilRestart = interval;
        if (reader.Input.PendingMarker == 0)
            Bits.IsExhausted = false;
    }

    /// <summary>Another marker than the expected restart: one of the last two restarts is passed over, one of the next two waits for its turn, others count as the expected one.</summary>
    private void Resynchronize()
    {
        while (true)
        {
            var marker = reader.Input.PendingMarker;
            var ahead = marker is >= JpegMarker.FirstRestart and <= JpegMarker.LastRestart ? (marker - JpegMarker.FirstRestart - nextRestart) & 7 : -1;
            if (marker < JpegMarker.BaselineFrame || ahead is 6 or 7)
            {
                reader.Input.FindMarker();
                continue;
            }
            if (ahead is 0 or 3 or 4 or 5)
                reader.Input.PendingMarker = 0;
            return;
        }
    }
}
