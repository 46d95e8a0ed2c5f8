using Engine.Io.Readers;

namespace Engine.Io.Datasets;

/// <summary>Records of one length that fill all of a file between header and footer.</summary>
internal sealed class ExactRecords(FixedLengthRecords records, string path) : IRecordSource
{
    /// <inheritdoc/>
    public byte[]? Next()
    {
        // Where the length of the file is known, an uneven one is refused before its first record.
        if (records.HasRest)
            throw EngineException.InvalidArgument($"Excluding header and footer, the length of {path} is not a multiple of the record length");
        return records.Next();
    }

    /// <inheritdoc/>
    public void Dispose() => records.Dispose();
}
