using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Engine.Ops.Elementwise;

/// <summary>Chooses between contiguous elements.</summary>
internal static class SelectLoop<T>
{
    /// <summary>Element by element, that of <paramref name="x"/> where the choice is true, else that of <paramref name="y"/>. All are of one length.</summary>
    internal static void Run(ReadOnlySpan<byte> choices, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> result)
    {
        var i = typeof(T) == typeof(uint) && Vector256.IsHardwareAccelerated ? Words(choices, x, y, result) : 0;
        for (; i < result.Length; i++)
            result[i] = choices[i] != 0 ? x[i] : y[i];
    }

    // Eight choices become eight masks of 32 bits.
    private static int Words(ReadOnlySpan<byte> choices, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> result)
    {
        ref var a = ref Unsafe.As<T, uint>(ref MemoryMarshal.GetReference(x));
        ref var b = ref Unsafe.As<T, uint>(ref MemoryMarshal.GetReference(y));
        ref var z = ref Unsafe.As<T, uint>(ref MemoryMarshal.GetReference(result));
        ref var c = ref MemoryMarshal.GetReference(choices);
        var i = 0;
        for (; i + 8 <= result.Length; i += 8)
        {
            var bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref c, i))).AsByte();
            var words = Vector128.WidenLower(bytes);
            var clear = Vector256.Equals(Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words)), Vector256<uint>.Zero);
            Vector256.ConditionalSelect(clear, Vector256.LoadUnsafe(ref b, (nuint)i), Vector256.LoadUnsafe(ref a, (nuint)i)).StoreUnsafe(ref z, (nuint)i);
        }
        return i;
    }
}
