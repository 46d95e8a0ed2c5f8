namespace Engine;

/// <summary>Elements that are objects: byte strings, resource handles, variants. The garbage collector owns them.</summary>
internal sealed class ObjectBuffer : TensorBuffer
{
    internal ObjectBuffer(Array items)
    {
        Items = items;
        Capacity = items.LongLength;
    }

    internal Array Items { get; }

    internal override void Free()
    {
    }
}
