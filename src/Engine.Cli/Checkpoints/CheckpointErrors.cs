namespace Engine.Cli.Checkpoints;

/// <summary>What TensorFlow's checkpoint reader says about files that it cannot read.</summary>
internal static class CheckpointErrors
{
    private const string Hint = "perhaps your file is in a different file format and you need to use a different restore operator?";
    private const string Compressed = "corrupted compressed block contents";

    private static readonly (string Ours, string Theirs)[] Reasons =
    [
        ("too short", "file is too short to be an sstable"),
        ("bad magic number", "not an sstable (bad magic number)"),
        ("bad block handle", "bad block handle"),
        ("block checksum mismatch", "block checksum mismatch"),
        ("bad block contents", "bad block contents"),
        (Compressed, Compressed),
        ("file ends at byte", "Read less bytes than requested"),
        ("does not end before byte", "Read less bytes than requested"),
        ("no entries", ""),
    ];

    /// <param name="error">The error of our reader.</param>
    /// <param name="prefix">The checkpoint that was asked for.</param>
    internal static string Text(InvalidModelException error, string prefix)
    {
        if (error.Code == StatusCode.NotFound && error.Message.Contains("any matching files", StringComparison.Ordinal))
            return $"Unsuccessful TensorSliceReader constructor: Failed to find any matching files for {prefix}";
        var reason = Array.Find(Reasons, r => error.Message.Contains(r.Ours, StringComparison.Ordinal)).Theirs;
        if (!File.Exists(prefix + ".index"))
        {
            return Directory.Exists(error.File) ? $"Unable to open table file {error.File}: FAILED_PRECONDITION: {error.File}; Is a directory: {Hint}"
                : reason is not null ? $"Unable to open table file {error.File}: DATA_LOSS: {reason}: {Hint}" : error.Message;
        }
        if (Directory.Exists(error.File))
            return $"{error.File}; Is a directory";
        if (error.Code == StatusCode.NotFound && !File.Exists(error.File))
            return $"{error.File}; No such file or directory";
        if (reason is null)
            return error.Message;
        // The first block holds the header, which is looked for when the checkpoint is opened.
        if (error.File.EndsWith(".index", StringComparison.Ordinal) && (error.Offset == 0 || reason.Length == 0))
        {
            return $"Unable to read file ({error.File}). Perhaps the file is corrupt or was produced by a newer version of TensorFlow with format changes (failed to seek to header entry)"
                + (reason.Length == 0 ? "" : ": " + reason) + (reason == Compressed ? "\nIt's likely that your checkpoint file has been compressed with SNAPPY." : "");
        }
        return reason;
    }
}
