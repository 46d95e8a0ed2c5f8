namespace Engine;

/// <summary>
/// The memory of one or more tensors, counted by reference: it goes back to its owner (pool, file mapping, garbage collector) when the last
/// tensor lets go. In-place work is allowed on a buffer with one reference only.
/// </summary>
public abstract class TensorBuffer
{
    private int references = 1;

    /// <summary>Address of the first byte, 0 for objects. No alignment is promised: mapped files and wrapped arrays have none.</summary>
    internal nint Address { get; private protected init; }

    /// <summary>Usable bytes, or elements for objects.</summary>
    internal long Capacity { get; private protected init; }

    /// <summary>Whether a TF 1 reference variable owns this memory, so that later assignments change it in place.</summary>
    internal bool IsVariableStorage { get; set; }

    /// <summary>Whether the memory must not be written (constants in a mapped file).</summary>
    internal virtual bool IsReadOnly => false;

    /// <summary>Whether more than one tensor uses the memory.</summary>
    internal bool IsShared => Volatile.Read(ref references) > 1;

    /// <summary>Another tensor uses the memory.</summary>
    internal void AddReference() => Interlocked.Increment(ref references);

    /// <summary>Lets go; frees the memory when nobody is left.</summary>
    internal void Release()
    {
        if (ReleaseIsLast())
            Free();
    }

    /// <summary>Lets go and tells whether nobody is left; the memory is then the caller's to free or to use again.</summary>
    internal bool ReleaseIsLast()
        // The only holder needs no interlocked operation: nobody else can add a reference.
        => Volatile.Read(ref references) == 1 || Interlocked.Decrement(ref references) == 0;

    /// <summary>A buffer that is used again starts with one reference.</summary>
    internal void Reset() => Volatile.Write(ref references, 1);

    /// <summary>Says that the contents will not be read soon: what can be had from a file again leaves memory.</summary>
    internal virtual void Unload()
    {
    }

    /// <summary>Gives the memory back to its owner. Called once, with no reference left.</summary>
    internal abstract void Free();
}
