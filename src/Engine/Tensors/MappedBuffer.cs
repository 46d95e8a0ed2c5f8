namespace Engine;

/// <summary>Memory that someone else owns (a mapped file), never written; the owner is told when the last tensor lets go.</summary>
internal sealed class MappedBuffer : TensorBuffer
{
    private readonly IDisposable? owner;

    internal MappedBuffer(nint address, long bytes, IDisposable? owner)
    {
        this.owner = owner;
        Address = address;
        Capacity = bytes;
    }

    internal override bool IsReadOnly => true;

    internal override void Free() => owner?.Dispose();
}
