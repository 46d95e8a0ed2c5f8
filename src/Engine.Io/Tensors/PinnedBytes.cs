using System.Buffers;

namespace Engine.Io.Tensors;

/// <summary>Managed memory held in place for a tensor; let go when the tensor is disposed or nobody knows it any more.</summary>
internal sealed class PinnedBytes : IDisposable
{
    private MemoryHandle handle;

    internal unsafe PinnedBytes(ReadOnlyMemory<byte> memory)
    {
        handle = memory.Pin();
        Address = (nint)handle.Pointer;
    }

    ~PinnedBytes() => handle.Dispose();

    internal nint Address { get; }

    public void Dispose()
    {
        handle.Dispose();
        GC.SuppressFinalize(this);
    }
}
