using System.Buffers;
using System.Runtime.InteropServices;

namespace Engine.Ops.Gemm;

/// <summary>Working memory of a kernel, from the array pool, aligned to a cache line. Its contents are unspecified.</summary>
internal unsafe struct Scratch<T> : IDisposable
    where T : unmanaged
{
    private const int Alignment = 64;

    private readonly byte[]? _array;
    private GCHandle _pin;

    public Scratch(long count)
    {
        if (count == 0)
            return;
        _array = ArrayPool<byte>.Shared.Rent(checked((int)((count * sizeof(T)) + Alignment)));
        _pin = GCHandle.Alloc(_array, GCHandleType.Pinned);
        nint address = _pin.AddrOfPinnedObject();
        Pointer = (T*)((address + Alignment - 1) & ~(Alignment - 1));
    }

    public T* Pointer { get; }

    public void Dispose()
    {
        if (_array is null)
            return;
        _pin.Free();
        ArrayPool<byte>.Shared.Return(_array);
    }
}
