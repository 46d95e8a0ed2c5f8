using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Engine.Ops.Arrays;

/// <summary>Generic code over elements that are moved without being looked at.</summary>
internal interface IElementAction
{
    /// <summary>Runs for elements stored like <typeparamref name="T"/>: an unsigned integer of the element's size, or <c>object</c>.</summary>
    void Invoke<T>();
}

/// <summary>Elements as memory to be moved: plain types by their size, strings, resources and variants as object references.</summary>
internal static class Elements
{
    /// <summary>Bytes from one element to the next; for objects, of a reference.</summary>
    internal static int Stride(DType type) => type.IsObject() ? IntPtr.Size : type.Size();

    /// <summary>Runs <paramref name="action"/> for the storage of <paramref name="type"/>.</summary>
    internal static void Dispatch<TAction>(DType type, ref TAction action) where TAction : struct, IElementAction, allows ref struct
    {
        switch (type.Size())
        {
            case 1: action.Invoke<byte>(); break;
            case 2: action.Invoke<ushort>(); break;
            case 4: action.Invoke<uint>(); break;
            case 8: action.Invoke<ulong>(); break;
            case 16: action.Invoke<UInt128>(); break;
            default: action.Invoke<object>(); break;
        }
    }

    /// <summary>The first element. <typeparamref name="T"/> is what <see cref="Dispatch"/> gave for the tensor's type.</summary>
    internal static ref T First<T>(Tensor tensor)
    {
        if (typeof(T) != typeof(object))
            return ref tensor.Start<T>();
        // References are all alike in memory; every write comes from a tensor of the same element type.
        switch (tensor.Type)
        {
            case DType.String: return ref Unsafe.As<byte[], T>(ref MemoryMarshal.GetReference(tensor.AsSpan<byte[]>()));
            case DType.Resource: return ref Unsafe.As<ResourceHandle, T>(ref MemoryMarshal.GetReference(tensor.AsSpan<ResourceHandle>()));
            default: return ref Unsafe.As<object, T>(ref MemoryMarshal.GetReference(tensor.AsSpan<object>()));
        }
    }

    /// <summary>Copies <paramref name="count"/> neighbouring elements; the ranges may overlap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Copy<T>(ref T source, ref T destination, nint count)
    {
        while (count > int.MaxValue)
        {
            MemoryMarshal.CreateReadOnlySpan(ref source, int.MaxValue).CopyTo(MemoryMarshal.CreateSpan(ref destination, int.MaxValue));
            source = ref Unsafe.Add(ref source, int.MaxValue);
            destination = ref Unsafe.Add(ref destination, int.MaxValue);
            count -= int.MaxValue;
        }
        MemoryMarshal.CreateReadOnlySpan(ref source, (int)count).CopyTo(MemoryMarshal.CreateSpan(ref destination, (int)count));
    }

    /// <summary>Sets <paramref name="count"/> neighbouring elements.</summary>
    internal static void Fill<T>(ref T destination, T value, nint count)
    {
        while (count > int.MaxValue)
        {
            MemoryMarshal.CreateSpan(ref destination, int.MaxValue).Fill(value);
            destination = ref Unsafe.Add(ref destination, int.MaxValue);
            count -= int.MaxValue;
        }
        MemoryMarshal.CreateSpan(ref destination, (int)count).Fill(value);
    }
}
