namespace Engine.Io.Readers;

/// <summary>Gives the lines of text files; keys are file and number of the line.</summary>
internal sealed class LineReader(long headerLines) : WorkReader
{
    private TextLines? lines;

    /// <inheritdoc/>
    public override string Kind => "TextLineReader";

    /// <inheritdoc/>
    protected override void OnWorkStarted()
    {
        lines = new TextLines(WorkPath, Records.RecordCompression.None);
        while (lines.Number < headerLines && lines.Next() is not null)
        {
            // Passed.
        }
    }

    /// <inheritdoc/>
    protected override void OnWorkFinished()
    {
        lines?.Dispose();
        lines = null;
    }

    /// <inheritdoc/>
    protected override (byte[] Key, byte[] Value)? Read(out bool isAtEnd)
    {
        var line = lines!.Next();
        isAtEnd = line is null;
        return line is null ? null : (Key(lines.Number), line);
    }
}
