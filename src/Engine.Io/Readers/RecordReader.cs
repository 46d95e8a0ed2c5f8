using Engine.Io.Records;

namespace Engine.Io.Readers;

/// <summary>Gives the records of TFRecord files; keys are file and offset.</summary>
internal sealed class RecordReader(RecordCompression compression) : WorkReader
{
    private TFRecordReader? records;

    /// <inheritdoc/>
    public override string Kind => "TFRecordReader";

    /// <inheritdoc/>
    protected override void OnWorkStarted() => records = new TFRecordReader(WorkPath, compression);

    /// <inheritdoc/>
    protected override void OnWorkFinished()
    {
        records?.Dispose();
        records = null;
    }

    /// <inheritdoc/>
    protected override (byte[] Key, byte[] Value)? Read(out bool isAtEnd)
    {
        isAtEnd = false;
        var offset = records!.Offset;
        if (records.TryRead(out var record))
            return (Key(offset), record);
        isAtEnd = true;
        return null;
    }
}
