namespace Engine.Cli.Checkpoints;

/// <summary>What TensorFlow's checkpoint reader says about files that it cannot read.</summary>
internal static class CheckpointErrors
{
    private const string Hint = "perhaps your file is in a different file format and you need to use a different restore operator?";

    /// <param name="error">The error of our reader.</param>
    /// <param name="prefix">The checkpoint that was asked for.</param>
    internal static string Text(InvalidModelException error, string prefix)
    {
        if (error.Code == StatusCode.NotFound && error.Message.Contains("any matching files", StringComparison.Ordinal))
            return $"Unsuccessful TensorSliceReader constructor: Failed to find any matching files for {prefix}";
        if (Directory.Exists(error.File))
            return $"Unable to open table file {error.File}: FAILED_PRECONDITION: {error.File}; Is a directory: {Hint}";
        var isIndex = File.Exists(prefix + ".index");
        if (!isIndex && Reason(error.Message) is { } reason)
            return $"Unable to open table file {error.File}: DATA_LOSS: {reason}: {Hint}";
        return isIndex && Reason(error.Message) is { } damage ? damage : error.Message;
    }

    private static string? Reason(string message) => message.Contains("too short", StringComparison.Ordinal) ? "file is too short to be an sstable"
        : message.Contains("bad magic number", StringComparison.Ordinal) ? "not an sstable (bad magic number)"
        : message.Contains("bad block handle", StringComparison.Ordinal) ? "bad block handle"
        : null;
}
