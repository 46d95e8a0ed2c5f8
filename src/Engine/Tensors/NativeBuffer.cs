using System.Runtime.InteropServices;

namespace Engine;

/// <summary>Native memory, 64-byte aligned, that returns to <see cref="BufferPool"/>.</summary>
internal sealed unsafe class NativeBuffer : TensorBuffer
{
    /// <summary>From here on the garbage collector is told of the memory, so that lost tensors make it run.</summary>
    private const long PressureFrom = 1 << 16;

    internal NativeBuffer(long capacity, int sizeClass)
    {
        Capacity = capacity;
        SizeClass = sizeClass;
        Address = (nint)NativeMemory.AlignedAlloc((nuint)capacity, 64);
        if (capacity >= PressureFrom)
            GC.AddMemoryPressure(capacity);
    }

    /// <summary>Frees the memory of a tensor that was never disposed.</summary>
    ~NativeBuffer() => Destroy();

    internal int SizeClass { get; }

    internal override void Free() => BufferPool.Shared.Return(this);

    internal void Discard()
    {
        GC.SuppressFinalize(this);
        Destroy();
    }

    private void Destroy()
    {
        NativeMemory.AlignedFree((void*)Address);
        BufferPool.Shared.Forget(Capacity);
        if (Capacity >= PressureFrom)
            GC.RemoveMemoryPressure(Capacity);
    }
}
