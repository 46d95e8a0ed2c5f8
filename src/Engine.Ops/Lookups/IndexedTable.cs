namespace Engine.Ops.Lookups;

/// <summary>A table that keeps an index from scalar keys to rows of values.</summary>
internal abstract class IndexedTable(DType keyType, DType valueType, Shape valueShape) : LookupTable(keyType, valueType, Shape.Scalar, valueShape)
{
    private readonly Stack<int> free = new();
    private int capacity;

    protected KeyIndex Index { get; } = KeyIndex.For(keyType);

    protected ValueRows Rows { get; } = new(valueType, valueShape.Count);

    /// <summary>The row for key <paramref name="i"/>, made if the key is new. Call under the gate.</summary>
    protected int RowFor(Tensor keys, int i, out bool isNew)
    {
        if (free.Count == 0)
        {
            var grown = (int)Math.Clamp(capacity * 2L, 16, Array.MaxLength);
            Rows.Resize(grown);
            for (var row = grown - 1; row >= capacity; row--)
                free.Push(row);
            capacity = grown;
        }
        var result = Index.GetOrAdd(keys, i, free.Peek(), out isNew);
        if (isNew)
            free.Pop();
        return result;
    }

    /// <summary>Gives back the row of a removed key. Call under the gate.</summary>
    protected void Drop(Tensor keys, int i)
    {
        if (Index.Remove(keys, i) is >= 0 and var row)
            free.Push(row);
    }

    /// <summary>Removes all entries. Call under the gate.</summary>
    protected void Clear()
    {
        Index.Clear();
        free.Clear();
        for (var row = capacity - 1; row >= 0; row--)
            free.Push(row);
    }

    /// <summary>Writes the values of keys, or the default value. Call under the gate.</summary>
    protected void FindRows(Tensor keys, Tensor values, Tensor defaultValue)
    {
        var count = checked((int)keys.Count);
        var rows = count <= 256 ? stackalloc int[count] : new int[count];
        Index.Find(keys, rows);
        var isFull = defaultValue.Shape == values.Shape && values.Shape != ValueShape;
        for (var i = 0; i < count; i++)
        {
            if (rows[i] >= 0)
                Rows.Get(rows[i], values, i);
            else
                Rows.Copy(defaultValue, isFull ? i : 0, values, i);
        }
    }

    /// <inheritdoc/>
    internal override (Tensor Keys, Tensor Values) Export()
    {
        lock (Gate)
        {
            var keys = Tensor.Allocate(KeyType, Shape.Vector(Index.Count));
            var values = Tensor.Allocate(ValueType, Shape.Vector(Index.Count).Concat(ValueShape));
            var rows = new int[Index.Count];
            Index.Export(keys, rows);
            for (var i = 0; i < rows.Length; i++)
                Rows.Get(rows[i], values, i);
            return (keys, values);
        }
    }
}
