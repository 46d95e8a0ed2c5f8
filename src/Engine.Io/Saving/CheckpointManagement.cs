using Engine.Io.Files;
using Engine.Io.Saving;

namespace Engine.Io;

/// <summary>What the folder of checkpoints holds: finding, listing and removing them (<c>tf.train.latest_checkpoint</c> and the like).</summary>
public static class CheckpointManagement
{
    /// <summary>The prefix of the latest checkpoint of a folder, as its state file has it; null when there is none or its files are gone.</summary>
    /// <exception cref="InvalidModelException">INVALID_ARGUMENT when the state names no latest checkpoint.</exception>
    public static string? LatestCheckpoint(string folder, string? latestFilename = null)
        => CheckpointState.LatestCheckpoint(folder, latestFilename ?? CheckpointStateFile.DefaultName);

    /// <summary>The state file of a folder; null when there is none, or none that can be read.</summary>
    /// <exception cref="InvalidModelException">INVALID_ARGUMENT when the state names no latest checkpoint.</exception>
    public static CheckpointState? GetCheckpointState(string folder, string? latestFilename = null)
        => CheckpointState.Read(folder, latestFilename ?? CheckpointStateFile.DefaultName);

    /// <summary>Whether there is a checkpoint of this prefix, V2 or V1. A path that exists is taken as it is; else it may be a pattern.</summary>
    public static bool CheckpointExists(string prefix) => FilePattern.Match(prefix + ".index").Count > 0 || FilePattern.Match(prefix).Count > 0;

    /// <summary>When checkpoints were written, in seconds since 1970; those that are not there are left out.</summary>
    public static IReadOnlyList<double> GetCheckpointTimes(IEnumerable<string> prefixes)
        => [.. prefixes.SelectMany(p => FilePattern.Match(p + ".index") is [var index, ..] ? [index] : FilePattern.Match(p).Take(1))
            .Select(f => (File.GetLastWriteTimeUtc(f) - DateTime.UnixEpoch).TotalSeconds)];

    /// <summary>Deletes the files of a checkpoint, V1 or V2, with its meta graph. Files that are not there are no error.</summary>
    /// <param name="prefix">The prefix, taken as it is written; of a V1 checkpoint also a pattern of its files.</param>
    /// <param name="version">The format.</param>
    /// <param name="metaGraphSuffix">How the name of the meta graph ends.</param>
    public static void RemoveCheckpoint(string prefix, CheckpointFormat version = CheckpointFormat.V2, string metaGraphSuffix = "meta")
    {
        Delete(MetaGraphName(prefix, metaGraphSuffix));
        if (version == CheckpointFormat.V2)
        {
            Delete(prefix + ".index");
            foreach (var data in DataFiles(prefix))
                Delete(data);
        }
        else
        {
            foreach (var file in FilePattern.Match(prefix))
                Delete(file);
        }
    }

    /// <summary>Writes the state file of a folder (<c>tf.train.update_checkpoint_state</c>).</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="latest">The prefix of the latest checkpoint.</param>
    /// <param name="all">The prefixes of all, oldest first; the latest is added when it is not the last of them.</param>
    /// <param name="latestFilename">The name of the state file.</param>
    /// <param name="timestamps">When they were written, in seconds since 1970; as many as there are prefixes.</param>
    /// <param name="lastPreserved">When the newest that is kept for good was written.</param>
    /// <param name="relativePaths">Whether paths are written relative to the folder.</param>
    /// <exception cref="EngineException">INVALID_ARGUMENT.</exception>
    public static void UpdateCheckpointState(string folder, string latest, IReadOnlyList<string>? all = null, string? latestFilename = null,
        IReadOnlyList<double>? timestamps = null, double? lastPreserved = null, bool relativePaths = false)
        => CheckpointStateFile.Write(folder, latest, all ?? [], latestFilename, timestamps, lastPreserved, relativePaths);

    /// <summary>The name of the meta graph beside a checkpoint: a pattern of shards at the end of the prefix does not belong to it.</summary>
    internal static string MetaGraphName(string prefix, string suffix)
    {
        var dash = prefix.LastIndexOf("-of-", StringComparison.Ordinal);
        if (dash > 0 && prefix.AsSpan(dash + 4) is { Length: > 0 } count && !count.ContainsAnyExceptInRange('0', '9'))
        {
            var start = dash;
            while (start > 0 && (char.IsAsciiDigit(prefix[start - 1]) || prefix[start - 1] == '?'))
                start--;
            if (start < dash && start > 0 && prefix[start - 1] == '-')
                prefix = prefix[..(start - 1)];
        }
        return $"{prefix}.{suffix}";
    }

    private static IEnumerable<string> DataFiles(string prefix)
    {
        var folder = Path.GetDirectoryName(prefix) is { Length: > 0 } f ? f : ".";
        if (!Directory.Exists(folder))
            return [];
        var name = Path.GetFileName(prefix);
        return Directory.EnumerateFiles(folder).Where(path => Path.GetFileName(path) is var file && file.StartsWith(name, StringComparison.Ordinal)
            && FilePattern.Matches(file.AsSpan(name.Length), ".data-?????-of-?????"));
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (FileErrors.Convert(e, path) is not null)
        {
            // As in TensorFlow a file that cannot be deleted does not end training.
        }
    }
}
