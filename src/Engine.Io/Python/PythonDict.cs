namespace Engine.Io.Python;

/// <summary>A dictionary, in the order in which keys were added.</summary>
internal sealed class PythonDict
{
    private readonly Dictionary<object, int> index = new(PythonEquality.Instance);

    internal List<KeyValuePair<object?, object?>> Items { get; } = [];

    /// <summary>Sets an entry; an earlier one keeps its place.</summary>
    internal object? this[object? key]
    {
        set
        {
            if (index.TryGetValue(Boxed(key), out var at))
            {
                Items[at] = new(Items[at].Key, value);
                return;
            }
            index[Boxed(key)] = Items.Count;
            Items.Add(new(key, value));
        }
    }

    internal bool TryGet(object? key, out object? value)
    {
        var found = index.TryGetValue(Boxed(key), out var at);
        value = found ? Items[at].Value : null;
        return found;
    }

    private static object Boxed(object? key) => key ?? DBNull.Value;
}
