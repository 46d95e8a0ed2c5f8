using System.Buffers;

namespace Engine;

/// <summary>The user's own memory, pinned while a tensor uses it.</summary>
internal sealed unsafe class PinnedBuffer : TensorBuffer
{
    private MemoryHandle pin;

    internal PinnedBuffer(MemoryHandle pin, long bytes)
    {
        this.pin = pin;
        Address = (nint)pin.Pointer;
        Capacity = bytes;
    }

    /// <summary>Unpins the memory of a tensor that was never disposed.</summary>
    ~PinnedBuffer() => pin.Dispose();

    internal override void Free()
    {
        GC.SuppressFinalize(this);
        pin.Dispose();
    }
}
