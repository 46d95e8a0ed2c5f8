namespace Engine.Ops.Lookups;

/// <summary>A table that is filled once, before it is used.</summary>
internal sealed class StaticTable(DType keyType, DType valueType) : IndexedTable(keyType, valueType, Shape.Scalar)
{
    private bool isInitialized;

    /// <summary>Whether the table was filled.</summary>
    internal bool IsInitialized
    {
        get
        {
            lock (Gate)
                return isInitialized;
        }
    }

    // Size is what was inserted so far, even when filling failed midway.
    internal override long Size
    {
        get
        {
            lock (Gate)
                return isInitialized ? Index.Count : 0;
        }
    }

    internal override void Find(Tensor keys, Tensor values, Tensor defaultValue)
    {
        lock (Gate)
        {
            if (!isInitialized)
                throw EngineException.FailedPrecondition("Table not initialized.");
            FindRows(keys, values, defaultValue);
        }
    }

    /// <summary>Fills the table. Once filled, an attempt with as many entries is taken for the same ones and changes nothing.</summary>
    /// <exception cref="EngineException">FAILED_PRECONDITION for two values of one key, or when the table was filled with another number of entries.</exception>
    internal override void Import(Tensor keys, Tensor values)
    {
        if (keys.Count == 0 || values.Count == 0)
            throw EngineException.InvalidArgument("keys and values cannot be empty tensors.");
        lock (Gate)
        {
            if (isInitialized)
            {
                if (keys.Count != Index.Count)
                    throw EngineException.FailedPrecondition("Table was already initialized with different data.");
                return;
            }
            for (var i = 0; i < keys.Count; i++)
            {
                var row = RowFor(keys, i, out var isNew);
                if (isNew)
                    Rows.Set(row, values, i);
                else if (!Rows.Equals(row, values, i))
                    throw EngineException.FailedPrecondition("HashTable has different value for same key.");
            }
            isInitialized = true;
        }
    }

    internal override (Tensor Keys, Tensor Values) Export()
    {
        if (!IsInitialized)
            throw EngineException.Aborted("HashTable is not initialized.");
        return base.Export();
    }
}
