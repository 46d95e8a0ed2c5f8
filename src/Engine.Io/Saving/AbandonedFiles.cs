using Engine.Io.Checkpoints;
using Engine.Io.Files;

namespace Engine.Io.Saving;

/// <summary>Temporary files that earlier saves under one name left because their process was killed, whatever their step.</summary>
internal static class AbandonedFiles
{
    /// <summary>Removes them. Files that are being written stay.</summary>
    /// <param name="savePath">The prefix without step.</param>
    /// <param name="stateName">The name of the state file.</param>
    /// <param name="metaGraphSuffix">How the name of the meta graph ends.</param>
    internal static void Remove(string savePath, string stateName = CheckpointStateFile.DefaultName, string metaGraphSuffix = "meta")
    {
        try
        {
            var name = Path.GetFileName(savePath);
            foreach (var path in Directory.EnumerateFiles(Path.GetDirectoryName(savePath) is { Length: > 0 } f ? f : ".", $"*{NewFile.TemporarySuffix}*"))
            {
                if (NewFile.IsAbandoned(path, out var made) && (made == stateName || (made.StartsWith(name, StringComparison.Ordinal) && IsOfCheckpoint(made.AsSpan(name.Length), metaGraphSuffix))))
                    FileErrors.TryDelete(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nobody misses them if they stay.
        }
    }

    // -STEP, then .index, .data-0-of-1 or .meta; of V1 nothing, or -0-of-1.
    private static bool IsOfCheckpoint(ReadOnlySpan<char> rest, string metaGraphSuffix)
    {
        rest = AfterNumber(rest, "-");
        return rest is "" or ".index" || (rest is ['.', ..] && rest[1..].SequenceEqual(metaGraphSuffix)) || ShardNames.IsData(rest)
            || AfterNumber(AfterNumber(rest, "-"), "-of-").IsEmpty;
    }

    private static ReadOnlySpan<char> AfterNumber(ReadOnlySpan<char> text, string mark)
    {
        if (!text.StartsWith(mark, StringComparison.Ordinal))
            return text;
        var end = text[mark.Length..].IndexOfAnyExceptInRange('0', '9');
        return end == 0 ? text : end < 0 ? [] : text[(mark.Length + end)..];
    }
}
