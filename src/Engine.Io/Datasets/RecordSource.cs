using Engine.Io.Records;

namespace Engine.Io.Datasets;

/// <summary>The records of a TFRecord file from an offset on.</summary>
internal sealed class RecordSource : IRecordSource
{
    private readonly TFRecordReader reader;

    internal RecordSource(string path, RecordCompression compression, long offset)
    {
        reader = new TFRecordReader(path, compression);
        try
        {
            reader.SkipTo(offset);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public byte[]? Next() => reader.TryRead(out var record) ? record : null;

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();
}
