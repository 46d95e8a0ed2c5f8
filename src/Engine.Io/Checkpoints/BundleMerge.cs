using Engine.Io.Files;
using Engine.Io.Tables;
using Google.Protobuf;

namespace Engine.Io.Checkpoints;

/// <summary>
/// Makes one V2 checkpoint of several: data files are renamed to shards of the new one, the indexes become one. A checkpoint
/// that is there already stays until the new index takes the place of its own.
/// </summary>
internal static class BundleMerge
{
    /// <exception cref="EngineException">INVALID_ARGUMENT for a name in two of them, or a missing one unless <paramref name="allowMissing"/>.</exception>
    internal static void Run(IReadOnlyList<string> prefixes, string destination, bool allowMissing)
    {
        var entries = new SortedDictionary<byte[], Protos.BundleEntryProto>(KeyOrder.Instance);
        var shards = new List<string>();
        var merged = new List<string>();
        foreach (var prefix in prefixes)
        {
            if (!File.Exists(prefix + ".index"))
            {
                if (allowMissing)
                    continue;
                throw EngineException.InvalidArgument($"allow_missing_files is set to false, but the checkpoint {prefix} does not exist.");
            }
            merged.Add(prefix);
            Add(prefix, entries, shards);
        }
        if (merged.Count == 0)
            throw EngineException.InvalidArgument("None of the checkpoints to merge exists.");
        try
        {
            FileErrors.CreateFolderOf(destination);
            using var index = new NewFile(destination + ".index");
            var count = ShardNames.FreeCount(destination, Math.Max(1, shards.Count));
            BundleWriter.WriteIndex(new FileStream(index.Handle, FileAccess.Write, 0), entries, count);
            index.Close(CheckpointWriter.FlushesToDisk);
            for (var i = 0; i < shards.Count; i++)
                File.Move(shards[i], ShardNames.DataFile(destination, i, count), overwrite: true);
            index.Publish();
            ShardNames.RemoveOthers(destination, count, Enumerable.Range(0, shards.Count));
            foreach (var prefix in merged.Where(p => p != destination))
                FileErrors.TryDelete(prefix + ".index");
        }
        catch (Exception e) when (FileErrors.Convert(e, destination) is { } converted)
        {
            throw converted;
        }
    }

    private static void Add(string prefix, SortedDictionary<byte[], Protos.BundleEntryProto> entries, List<string> shards)
    {
        using var table = new TableReader(prefix + ".index");
        var count = 1;
        foreach (var (key, value) in table.Entries())
        {
            try
            {
                if (key.Length == 0)
                {
                    count = Protos.BundleHeaderProto.Parser.ParseFrom(value.Span).NumShards;
                    continue;
                }
                var entry = Protos.BundleEntryProto.Parser.ParseFrom(value.Span);
                if (entry.Slices.Count == 0)
                    entry.ShardId = Shard(ShardNames.DataFile(prefix, entry.ShardId, count), shards);
                if (entries.TryGetValue(key, out var known) && known.Slices.Count > 0 && entry.Slices.Count > 0)
                    known.Slices.Add(entry.Slices);
                else if (!entries.TryAdd(key, entry))
                    throw EngineException.InvalidArgument($"Duplicate tensor keyed by {System.Text.Encoding.UTF8.GetString(key)} encountered, when merging prefix: {prefix}");
            }
            catch (InvalidProtocolBufferException e)
            {
                throw new InvalidModelException(StatusCode.DataLoss, table.Path, $"an entry is damaged: {e.Message}", inner: e);
            }
        }
    }

    private static int Shard(string file, List<string> shards)
    {
        var number = shards.IndexOf(file);
        if (number >= 0)
            return number;
        shards.Add(file);
        return shards.Count - 1;
    }
}
