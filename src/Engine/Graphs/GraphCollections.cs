namespace Engine.Graphs;

/// <summary>
/// Named lists of things that belong to a graph: variables, values, nodes, numbers, texts, and messages that only other readers understand. The keys that
/// TensorFlow gives a meaning are in <see cref="GraphKeys"/>.
/// </summary>
public sealed class GraphCollections
{
    private readonly Dictionary<string, List<object>> items = [];

    /// <summary>The keys of all lists that are not empty, sorted.</summary>
    public IReadOnlyList<string> Keys => [.. items.Where(i => i.Value.Count > 0).Select(i => i.Key).Order(StringComparer.Ordinal)];

    /// <summary>Adds to the list <paramref name="key"/>.</summary>
    public void Add(string key, object item)
    {
        if (!items.TryGetValue(key, out var list))
            items[key] = list = [];
        list.Add(item);
    }

    /// <summary>Adds to several lists; a list that has the item already is left as it is.</summary>
    public void AddOnce(IEnumerable<string> keys, object item)
    {
        foreach (var key in keys)
        {
            if (!Get(key).Contains(item))
                Add(key, item);
        }
    }

    /// <summary>The list, in the order of adding; empty when there is none.</summary>
    public IReadOnlyList<object> Get(string key) => items.TryGetValue(key, out var list) ? list : [];

    /// <summary>Those of a list that are of type <typeparamref name="T"/>.</summary>
    public IReadOnlyList<T> Get<T>(string key) => [.. Get(key).OfType<T>()];

    /// <summary>Empties a list.</summary>
    public void Clear(string key) => items.Remove(key);
}
