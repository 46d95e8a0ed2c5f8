namespace Engine.Resources;

/// <summary>State that lives in a session and is reached through a handle: a variable, table, queue, iterator, …</summary>
public abstract class Resource : IDisposable
{
    /// <summary>Whether the resource was deleted (DestroyResourceOp, a cleared container, the session's end).</summary>
    public bool IsDestroyed { get; private set; }

    /// <summary>What it is, for messages: "variable", "hash table", …</summary>
    public abstract string Kind { get; }

    /// <summary>Deletes the resource; later uses find it destroyed.</summary>
    public void Dispose()
    {
        if (IsDestroyed)
            return;
        IsDestroyed = true;
        Release();
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the resource holds. Called once.</summary>
    protected virtual void Release()
    {
    }
}
