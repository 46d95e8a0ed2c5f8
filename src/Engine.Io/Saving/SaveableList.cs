using Engine.Graphs;
using Engine.Variables;

namespace Engine.Io.Saving;

/// <summary>Names what a saver saves, checks that nothing is named twice, and sorts by name.</summary>
internal static class SaveableList
{
    /// <summary>All variables and other things of a graph that are to be saved.</summary>
    internal static IReadOnlyList<ISaveable> All(Graph graph)
        => [.. graph.GlobalVariables(), .. graph.Collections.Get<ISaveable>(GraphKeys.SaveableObjects)];

    /// <summary>By the names they have themselves. The parts of a partitioned variable share one.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for two of one name.</exception>
    internal static SortedDictionary<string, List<ISaveable>> ByName(IEnumerable<ISaveable> saveables)
    {
        var names = new SortedDictionary<string, List<ISaveable>>(StringComparer.Ordinal);
        foreach (var saveable in saveables)
        {
            if (!names.TryGetValue(saveable.SaveName, out var list))
                names[saveable.SaveName] = [saveable];
            else if (saveable is GraphVariable { Slice: not null } && list[0] is GraphVariable { Slice: not null })
                list.Add(saveable);
            else
                throw EngineException.InvalidArgument($"At least two variables have the same name: {saveable.SaveName}");
        }
        // As in TensorFlow by the names of tensors, where part_10:0 comes before part_1:0.
        foreach (var parts in names.Values.Where(p => p.Count > 1))
            parts.Sort((a, b) => string.CompareOrdinal(((GraphVariable)a).Handle.Name, ((GraphVariable)b).Handle.Name));
        return names;
    }

    /// <summary>The units in the order in which they are saved.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for one thing under two names.</exception>
    internal static IReadOnlyList<SaveableObject> Parts(SortedDictionary<string, List<ISaveable>> names)
    {
        var parts = new List<SaveableObject>();
        var seen = new HashSet<Value>();
        foreach (var part in names.SelectMany(n => n.Value.SelectMany(s => s.Parts(n.Key))))
        {
            if (!seen.Add(part.Target))
                throw EngineException.InvalidArgument($"The same saveable will be restored with two names: {part.Name}");
            parts.Add(part);
        }
        return parts;
    }
}
