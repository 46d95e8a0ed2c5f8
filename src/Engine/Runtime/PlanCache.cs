namespace Engine.Runtime;

/// <summary>The plans of a session by names of feeds, fetches and targets; the least recently used one goes when there are too many.</summary>
internal sealed class PlanCache(int capacity)
{
    private readonly Dictionary<int, List<Entry>> byHash = [];
    private readonly LinkedList<Entry> recent = new();

    /// <summary>The plan, or null. Allocates nothing.</summary>
    internal Entry? Find(IReadOnlyList<KeyValuePair<string, Tensor>> feeds, IReadOnlyList<string> fetches, IReadOnlyList<string> targets)
    {
        var hash = Hash(feeds, fetches, targets);
        lock (byHash)
        {
            if (!byHash.TryGetValue(hash, out var list))
                return null;
            foreach (var entry in list)
            {
                if (entry.Matches(feeds, fetches, targets))
                {
                    if (!ReferenceEquals(recent.First, entry.Position))
                    {
                        recent.Remove(entry.Position!);
                        recent.AddFirst(entry.Position!);
                    }
                    return entry;
                }
            }
            return null;
        }
    }

    internal Entry Add(IReadOnlyList<KeyValuePair<string, Tensor>> feeds, IReadOnlyList<string> fetches, IReadOnlyList<string> targets, Entry entry)
    {
        entry.SetKey(Hash(feeds, fetches, targets), [.. feeds.Select(f => f.Key)], [.. fetches], [.. targets]);
        lock (byHash)
        {
            if (!byHash.TryGetValue(entry.Hash, out var list))
                byHash[entry.Hash] = list = [];
            if (list.Find(e => e.Matches(feeds, fetches, targets)) is { } stale)
            {
                list.Remove(stale);
                recent.Remove(stale.Position!);
            }
            list.Add(entry);
            entry.Position = recent.AddFirst(entry);
            if (recent.Count > Math.Max(1, capacity))
            {
                var last = recent.Last!.Value;
                recent.RemoveLast();
                byHash[last.Hash].Remove(last);
            }
        }
        return entry;
    }

    private static int Hash(IReadOnlyList<KeyValuePair<string, Tensor>> feeds, IReadOnlyList<string> fetches, IReadOnlyList<string> targets)
    {
        var h = new HashCode();
        for (var i = 0; i < feeds.Count; i++)
            h.Add(feeds[i].Key);
        h.Add(1);
        for (var i = 0; i < fetches.Count; i++)
            h.Add(fetches[i]);
        h.Add(2);
        for (var i = 0; i < targets.Count; i++)
            h.Add(targets[i]);
        return h.ToHashCode();
    }

    /// <summary>A plan with what it takes for constant, the scope of its functions' state and the types of its feeds.</summary>
    internal sealed class Entry(Plan plan, FrozenVariables frozen, StateScope stateScope, DType[] feedTypes, PartialShape[] feedShapes)
    {
        private string[] feeds = [];
        private string[] fetches = [];
        private string[] targets = [];

        internal Plan Plan { get; } = plan;

        internal FrozenVariables Frozen { get; } = frozen;

        internal StateScope StateScope { get; } = stateScope;

        internal DType[] FeedTypes { get; } = feedTypes;

        /// <summary>What the graph declares of the shapes of the feeds; plans are made for it.</summary>
        internal PartialShape[] FeedShapes { get; } = feedShapes;

        internal int Hash { get; private set; }

        internal LinkedListNode<Entry>? Position { get; set; }

        internal void SetKey(int hash, string[] feedNames, string[] fetchNames, string[] targetNames)
            => (Hash, feeds, fetches, targets) = (hash, feedNames, fetchNames, targetNames);

        internal bool Matches(IReadOnlyList<KeyValuePair<string, Tensor>> feedList, IReadOnlyList<string> fetchList, IReadOnlyList<string> targetList)
        {
            if (feedList.Count != feeds.Length || !Same(fetchList, fetches) || !Same(targetList, targets))
                return false;
            for (var i = 0; i < feeds.Length; i++)
            {
                if (feedList[i].Key != feeds[i])
                    return false;
            }
            return true;
        }

        private static bool Same(IReadOnlyList<string> a, string[] b)
        {
            if (a.Count != b.Length)
                return false;
            for (var i = 0; i < b.Length; i++)
            {
                if (a[i] != b[i])
                    return false;
            }
            return true;
        }
    }
}
