using Engine.Io.Datasets;
using Engine.Io.Records;

namespace Engine.Io.Readers;

/// <summary>The records of one length in a file, between a header and a footer. Records may lie further apart than they are long, or overlap.</summary>
internal sealed class FixedLengthRecords : IRecordSource
{
    private readonly RecordInput input;
    private readonly int recordBytes, footerBytes, hopBytes;

    /// <summary>Opens a file.</summary>
    /// <exception cref="EngineException">OUT_OF_RANGE when it ends in the header, INVALID_ARGUMENT for lengths that no file has.</exception>
    internal FixedLengthRecords(string path, RecordCompression compression, FixedLengths lengths)
    {
        (recordBytes, footerBytes, hopBytes) = ((int)lengths.Record, (int)lengths.Footer, (int)lengths.Hop);
        input = new RecordInput(path, compression);
        if (!TrySkip((int)lengths.Header))
        {
            input.Dispose();
            throw EngineException.OutOfRange("reached end of file");
        }
    }

    /// <summary>Whether bytes are left in front of the footer that make no whole number of records; where the length of the file is not known, fewer than one.</summary>
    internal bool HasRest => input.HasLength ? (input.Remaining - footerBytes) % Math.Max(1, recordBytes) != 0 : input.LookAhead(recordBytes + footerBytes) is var rest && rest > footerBytes && rest < recordBytes + footerBytes;

    /// <summary>The next record; null when no whole one is left in front of the footer.</summary>
    public byte[]? Next()
    {
        if (input.Remaining < recordBytes || input.LookAhead(recordBytes + footerBytes) < recordBytes + footerBytes)
            return null;
        var record = input.Ahead[..recordBytes].ToArray();
        TrySkip(hopBytes > 0 ? hopBytes : recordBytes);
        return record;
    }

    public void Dispose() => input.Dispose();

    private bool TrySkip(int count)
    {
        while (count > 0)
        {
            var step = Math.Min(count, input.LookAhead(1));
            if (step == 0)
                return false;
            input.Skip(step);
            count -= step;
        }
        return true;
    }
}
