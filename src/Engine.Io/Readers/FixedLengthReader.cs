using Engine.Io.Records;

namespace Engine.Io.Readers;

/// <summary>Gives records of one length; keys are file and number of the record.</summary>
internal sealed class FixedLengthReader(FixedLengths lengths, RecordCompression compression) : WorkReader
{
    private FixedLengthRecords? records;
    private long number;

    /// <inheritdoc/>
    public override string Kind => "FixedLengthRecordReader";

    /// <inheritdoc/>
    protected override void OnWorkStarted()
    {
        number = 0;
        records = new FixedLengthRecords(WorkPath, compression, lengths);
    }

    /// <inheritdoc/>
    protected override void OnWorkFinished()
    {
        records?.Dispose();
        records = null;
    }

    /// <inheritdoc/>
    protected override (byte[] Key, byte[] Value)? Read(out bool isAtEnd)
    {
        var record = records!.Next();
        isAtEnd = record is null;
        return record is null ? null : (Key(number++), record);
    }
}
