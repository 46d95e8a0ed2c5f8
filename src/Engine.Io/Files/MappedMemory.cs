using System.Buffers;

namespace Engine.Io.Files;

/// <summary>A mapped file, below 2 GB, as memory.</summary>
internal sealed unsafe class MappedMemory(MappedFile file) : MemoryManager<byte>
{
    public override Span<byte> GetSpan() => new((void*)file.Address, (int)file.Length);

    public override MemoryHandle Pin(int elementIndex = 0) => new((byte*)file.Address + elementIndex);

    public override void Unpin()
    {
        // Mapped memory does not move.
    }

    protected override void Dispose(bool disposing)
    {
        // The file belongs to whoever opened it.
    }
}
