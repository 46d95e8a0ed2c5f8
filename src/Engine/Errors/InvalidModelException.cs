namespace Engine;

/// <summary>A file that is not what it should be: names the file, the offset, what was expected and what was found.</summary>
public sealed class InvalidModelException : EngineException
{
    /// <summary>An error in a file.</summary>
    /// <param name="code">TensorFlow's status code (DATA_LOSS for damaged bytes).</param>
    /// <param name="file">The file.</param>
    /// <param name="message">What was expected and what was found.</param>
    /// <param name="offset">Byte offset in the file, where known.</param>
    /// <param name="inner">The cause, if any.</param>
    public InvalidModelException(StatusCode code, string file, string message, long? offset = null, Exception? inner = null)
        : base(code, offset is null ? $"{file}: {message}" : $"{file} at byte {offset}: {message}", inner)
    {
        File = file;
        Offset = offset;
    }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>Byte offset in the file, or null.</summary>
    public long? Offset { get; }
}
