namespace Engine.Ops.Lookups;

/// <summary>Which row belongs to a key.</summary>
internal abstract class KeyIndex
{
    /// <summary>Number of keys.</summary>
    internal abstract int Count { get; }

    /// <summary>An index for keys of a type.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for a type that cannot be a key.</exception>
    internal static KeyIndex For(DType type) => type switch
    {
        DType.Int32 => new Typed<int>(null),
        DType.Int64 => new Typed<long>(null),
        DType.String => new Typed<byte[]>(ByteStringComparer.Instance),
        _ => throw EngineException.InvalidArgument($"{type.Name()} cannot be the key of a table."),
    };

    /// <summary>The rows of keys, -1 for those that are not there.</summary>
    internal abstract void Find(Tensor keys, Span<int> rows);

    /// <summary>The row of key <paramref name="i"/> of a tensor; <paramref name="free"/> for a new one, which it takes.</summary>
    internal abstract int GetOrAdd(Tensor keys, int i, int free, out bool isNew);

    /// <summary>Removes a key and tells the row it had; -1 if it was not there.</summary>
    internal abstract int Remove(Tensor keys, int i);

    /// <summary>Removes all keys.</summary>
    internal abstract void Clear();

    /// <summary>Writes all keys, and tells their rows.</summary>
    internal abstract void Export(Tensor keys, Span<int> rows);

    private sealed class Typed<T>(IEqualityComparer<T>? comparer) : KeyIndex where T : notnull
    {
        private readonly Dictionary<T, int> rows = new(comparer);

        internal override int Count => rows.Count;

        internal override void Find(Tensor keys, Span<int> found)
        {
            var span = keys.AsSpan<T>();
            for (var i = 0; i < span.Length; i++)
                found[i] = rows.TryGetValue(span[i], out var row) ? row : -1;
        }

        internal override int GetOrAdd(Tensor keys, int i, int free, out bool isNew)
        {
            var key = keys.AsSpan<T>()[i];
            isNew = !rows.TryGetValue(key, out var row);
            if (isNew)
                rows.Add(key, row = free);
            return row;
        }

        internal override int Remove(Tensor keys, int i) => rows.Remove(keys.AsSpan<T>()[i], out var row) ? row : -1;

        internal override void Clear() => rows.Clear();

        internal override void Export(Tensor keys, Span<int> found)
        {
            var span = keys.AsSpan<T>();
            var i = 0;
            foreach (var (key, row) in rows)
            {
                span[i] = key;
                found[i++] = row;
            }
        }
    }
}
