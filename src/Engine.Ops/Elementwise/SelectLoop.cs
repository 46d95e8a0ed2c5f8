using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Engine.Ops.Elementwise;

/// <summary>Chooses between contiguous elements.</summary>
internal static class SelectLoop<T>
{
    /// <summary>Element by element, that of <paramref name="x"/> where the choice is true, else that of <paramref name="y"/>; a tensor of one element goes with all choices.</summary>
    internal static void Run(ReadOnlySpan<byte> choices, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> result)
    {
        var (xStep, yStep) = (x.Length == result.Length ? 1 : 0, y.Length == result.Length ? 1 : 0);
        var i = typeof(T) == typeof(uint) && Vector256.IsHardwareAccelerated ? Words(choices, x, y, result, xStep == 0, yStep == 0) : 0;
        for (; i < result.Length; i++)
            result[i] = choices[i] != 0 ? x[i * xStep] : y[i * yStep];
    }

    // Eight choices become eight masks of 32 bits.
    private static int Words(ReadOnlySpan<byte> choices, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> result, bool xIsScalar, bool yIsScalar)
    {
        ref var a = ref Unsafe.As<T, uint>(ref MemoryMarshal.GetReference(x));
        ref var b = ref Unsafe.As<T, uint>(ref MemoryMarshal.GetReference(y));
        ref var z = ref Unsafe.As<T, uint>(ref MemoryMarshal.GetReference(result));
        ref var c = ref MemoryMarshal.GetReference(choices);
        if (result.Length < 8)
            return 0;
        var (allX, allY) = (Vector256.Create(a), Vector256.Create(b));
        var i = 0;
        for (; i + 8 <= result.Length; i += 8)
        {
            var bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref c, i))).AsByte();
            var words = Vector128.WidenLower(bytes);
            var clear = Vector256.Equals(Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words)), Vector256<uint>.Zero);
            var whenSet = xIsScalar ? allX : Vector256.LoadUnsafe(ref a, (nuint)i);
            var whenClear = yIsScalar ? allY : Vector256.LoadUnsafe(ref b, (nuint)i);
            Vector256.ConditionalSelect(clear, whenClear, whenSet).StoreUnsafe(ref z, (nuint)i);
        }
        return i;
    }
}
