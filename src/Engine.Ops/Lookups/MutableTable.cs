namespace Engine.Ops.Lookups;

/// <summary>A table whose entries come and go; a value is a scalar or a vector.</summary>
internal sealed class MutableTable(DType keyType, DType valueType, Shape valueShape) : IndexedTable(keyType, valueType, valueShape)
{
    internal override long Size
    {
        get
        {
            lock (Gate)
                return Index.Count;
        }
    }

    internal override void Find(Tensor keys, Tensor values, Tensor defaultValue)
    {
        lock (Gate)
            FindRows(keys, values, defaultValue);
    }

    internal override void Insert(Tensor keys, Tensor values)
    {
        lock (Gate)
            Set(keys, values);
    }

    internal override void Remove(Tensor keys)
    {
        lock (Gate)
        {
            for (var i = 0; i < keys.Count; i++)
                Drop(keys, i);
        }
    }

    internal override void Import(Tensor keys, Tensor values)
    {
        lock (Gate)
        {
            Clear();
            Set(keys, values);
        }
    }

    private void Set(Tensor keys, Tensor values)
    {
        for (var i = 0; i < keys.Count; i++)
            Rows.Set(RowFor(keys, i, out _), values, i);
    }
}
