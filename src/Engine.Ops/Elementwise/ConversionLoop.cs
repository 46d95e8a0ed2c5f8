using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Elementwise;

/// <summary>Conversion of contiguous elements: vectors for the pairs that programs convert often, one by one otherwise.</summary>
internal readonly struct ConversionLoop<TIn, TOut> : IUnaryLoop<TIn, TOut> where TIn : unmanaged where TOut : unmanaged
{
    public static void Run(ref TIn source, ref TOut destination, nint count)
    {
        nint i = 0;
        if (typeof(TOut) == typeof(float) && (typeof(TIn) == typeof(Half) || typeof(TIn) == typeof(BFloat16)))
        {
            for (; i < count; i += NarrowBlock.Size)
            {
                var n = (int)Math.Min(NarrowBlock.Size, count - i);
                NarrowBlock.Widen(ref Unsafe.Add(ref source, i), MemoryMarshal.CreateSpan(ref Unsafe.Add(ref Unsafe.As<TOut, float>(ref destination), i), n));
            }
            return;
        }
        if (typeof(TIn) == typeof(float) && (typeof(TOut) == typeof(Half) || typeof(TOut) == typeof(BFloat16)))
        {
            for (; i < count; i += NarrowBlock.Size)
            {
                var n = (int)Math.Min(NarrowBlock.Size, count - i);
                NarrowBlock.Narrow(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref Unsafe.As<TIn, float>(ref source), i), n), ref Unsafe.Add(ref destination, i));
            }
            return;
        }
        if (Vector256.IsHardwareAccelerated)
            i = Vectors(ref source, ref destination, count);
        for (; i < count; i++)
            Unsafe.Add(ref destination, i) = Conversion.Convert<TIn, TOut>(Unsafe.Add(ref source, i));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Vectors(ref TIn source, ref TOut destination, nint count)
    {
        nint i = 0;
        if (typeof(TIn) == typeof(int) && typeof(TOut) == typeof(float))
        {
            for (; i + 8 <= count; i += 8)
                Vector256.ConvertToSingle(Vector256.LoadUnsafe(ref Unsafe.As<TIn, int>(ref source), (nuint)i)).StoreUnsafe(ref Unsafe.As<TOut, float>(ref destination), (nuint)i);
        }
        else if (typeof(TIn) == typeof(float) && typeof(TOut) == typeof(int))
        {
            var limit = Vector256.Create(2147483648f);
            for (; i + 8 <= count; i += 8)
            {
                // Whatever has no int32, NaN included, is the lowest one.
                var x = Vector256.LoadUnsafe(ref Unsafe.As<TIn, float>(ref source), (nuint)i);
                var fits = Vector256.LessThan(Vector256.Abs(x), limit).AsInt32();
                Vector256.ConditionalSelect(fits, Vector256.ConvertToInt32(x), Vector256.Create(int.MinValue)).StoreUnsafe(ref Unsafe.As<TOut, int>(ref destination), (nuint)i);
            }
        }
        else if (typeof(TIn) == typeof(float) && typeof(TOut) == typeof(double))
        {
            for (; i + 8 <= count; i += 8)
            {
                var (low, high) = Vector256.Widen(Vector256.LoadUnsafe(ref Unsafe.As<TIn, float>(ref source), (nuint)i));
                low.StoreUnsafe(ref Unsafe.As<TOut, double>(ref destination), (nuint)i);
                high.StoreUnsafe(ref Unsafe.As<TOut, double>(ref destination), (nuint)i + 4);
            }
        }
        else if (typeof(TIn) == typeof(double) && typeof(TOut) == typeof(float))
        {
            for (; i + 8 <= count; i += 8)
            {
                ref var from = ref Unsafe.As<TIn, double>(ref source);
                Vector256.Narrow(Vector256.LoadUnsafe(ref from, (nuint)i), Vector256.LoadUnsafe(ref from, (nuint)i + 4)).StoreUnsafe(ref Unsafe.As<TOut, float>(ref destination), (nuint)i);
            }
        }
        else if (typeof(TIn) == typeof(int) && typeof(TOut) == typeof(long))
        {
            for (; i + 8 <= count; i += 8)
            {
                var (low, high) = Vector256.Widen(Vector256.LoadUnsafe(ref Unsafe.As<TIn, int>(ref source), (nuint)i));
                low.StoreUnsafe(ref Unsafe.As<TOut, long>(ref destination), (nuint)i);
                high.StoreUnsafe(ref Unsafe.As<TOut, long>(ref destination), (nuint)i + 4);
            }
        }
        else if (typeof(TIn) == typeof(long) && typeof(TOut) == typeof(int))
        {
            for (; i + 8 <= count; i += 8)
            {
                ref var from = ref Unsafe.As<TIn, long>(ref source);
                Vector256.Narrow(Vector256.LoadUnsafe(ref from, (nuint)i), Vector256.LoadUnsafe(ref from, (nuint)i + 4)).StoreUnsafe(ref Unsafe.As<TOut, int>(ref destination), (nuint)i);
            }
        }
        else if ((typeof(TIn) == typeof(bool) || typeof(TIn) == typeof(byte)) && typeof(TOut) == typeof(float))
        {
            for (; i + 8 <= count; i += 8)
            {
                var bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<TIn, byte>(ref Unsafe.Add(ref source, i)))).AsByte();
                var words = Vector128.WidenLower(bytes);
                var numbers = Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words)).AsInt32();
                Vector256.ConvertToSingle(numbers).StoreUnsafe(ref Unsafe.As<TOut, float>(ref destination), (nuint)i);
            }
        }
        return i;
    }
}
