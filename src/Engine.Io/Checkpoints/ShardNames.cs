using System.Globalization;
using Engine.Io.Files;

namespace Engine.Io.Checkpoints;

/// <summary>Names of files that together are one.</summary>
internal static class ShardNames
{
    /// <summary>A number as C's <c>%05d</c> prints it: a minus takes one of the five places.</summary>
    internal static string Number(int value)
        => value.ToString(value < 0 ? "D4" : "D5", CultureInfo.InvariantCulture);

    /// <summary>A data file of a V2 checkpoint.</summary>
    internal static string DataFile(string prefix, int shard, int count) => $"{prefix}.data-{Number(shard)}-of-{Number(count)}";

    /// <summary>
    /// How many shards new data files may say they are one of, so that the index that is in place now does not name them: they can then lie beside the old
    /// ones until the new index takes the old one's place. A fresh checkpoint gets <paramref name="needed"/>.
    /// </summary>
    internal static int FreeCount(string prefix, int needed) => CountOf(prefix) == needed ? needed + 1 : needed;

    /// <summary>Removes the data files of a checkpoint that its index does not name any more, and what killed processes left.</summary>
    /// <param name="prefix">The checkpoint.</param>
    /// <param name="count">The number of shards its files are named with.</param>
    /// <param name="shards">The shards there are.</param>
    internal static void RemoveOthers(string prefix, int count, IEnumerable<int> shards)
    {
        var folder = Path.GetDirectoryName(prefix) is { Length: > 0 } f ? f : ".";
        var name = Path.GetFileName(prefix);
        var kept = shards.Select(s => Path.GetFileName(DataFile(prefix, s, count))).ToHashSet();
        string[] files;
        try
        {
            files = Directory.GetFiles(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return;
        }
        foreach (var path in files)
        {
            var file = Path.GetFileName(path.AsSpan());
            if (!file.StartsWith(name, StringComparison.Ordinal))
                continue;
            var rest = file[name.Length..];
            if (IsData(rest) ? !kept.Contains(file.ToString()) : NewFile.IsAbandoned(path, out var made) && (made[name.Length..] is ".index" || IsData(made.AsSpan(name.Length))))
                FileErrors.TryDelete(path);
        }
    }

    /// <summary>Whether what comes after a prefix makes it a data file's name.</summary>
    internal static bool IsData(ReadOnlySpan<char> rest)
    {
        const string data = ".data-";
        const string of = "-of-";
        if (!rest.StartsWith(data, StringComparison.Ordinal))
            return false;
        rest = rest[data.Length..];
        var middle = rest.IndexOf(of, StringComparison.Ordinal);
        return middle >= 5 && rest.Length - middle - of.Length >= 5
            && !rest[..middle].ContainsAnyExceptInRange('0', '9') && !rest[(middle + of.Length)..].ContainsAnyExceptInRange('0', '9');
    }

    private static int? CountOf(string prefix)
    {
        if (!File.Exists(prefix + ".index"))
            return null;
        try
        {
            using var old = new BundleReader(prefix);
            return old.ShardCount;
        }
        catch (EngineException)
        {
            // What cannot be read has no data to keep.
            return null;
        }
    }
}
