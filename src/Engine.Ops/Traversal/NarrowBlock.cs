using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Engine.Ops.Lanes;
using Engine.Tensors;

namespace Engine.Ops.Traversal;

/// <summary>Blocks of 16-bit floats to floats and back.</summary>
internal static class NarrowBlock
{
    /// <summary>Elements per block: small enough for the first-level cache.</summary>
    internal const int Size = 512;

    /// <summary>Half or BFloat16 to float; exact.</summary>
    internal static void Widen<TNarrow>(ref TNarrow source, Span<float> destination) where TNarrow : unmanaged
    {
        nint i = 0;
        ref var to = ref MemoryMarshal.GetReference(destination);
        if (Vector512.IsHardwareAccelerated)
            i = Widen<Lanes512<float>, Vector512<float>, TNarrow>(ref source, ref to, i, destination.Length);
        if (Vector256.IsHardwareAccelerated)
            i = Widen<Lanes256<float>, Vector256<float>, TNarrow>(ref source, ref to, i, destination.Length);
        Widen<ScalarLanes<float>, float, TNarrow>(ref source, ref to, i, destination.Length);
    }

    /// <summary>Float to Half or BFloat16, to nearest, ties to even.</summary>
    internal static void Narrow<TNarrow>(ReadOnlySpan<float> source, ref TNarrow destination) where TNarrow : unmanaged
    {
        nint i = 0;
        ref var from = ref MemoryMarshal.GetReference(source);
        if (Vector512.IsHardwareAccelerated)
            i = Narrow<Lanes512<float>, Vector512<float>, TNarrow>(ref from, ref destination, i, source.Length);
        if (Vector256.IsHardwareAccelerated)
            i = Narrow<Lanes256<float>, Vector256<float>, TNarrow>(ref from, ref destination, i, source.Length);
        Narrow<ScalarLanes<float>, float, TNarrow>(ref from, ref destination, i, source.Length);
    }

    private static nint Widen<W, V, TNarrow>(ref TNarrow source, ref float destination, nint i, nint count) where W : struct, IFloatLanes<V, float> where TNarrow : unmanaged
    {
        for (; i + W.Count <= count; i += W.Count)
        {
            W.Store(typeof(TNarrow) == typeof(Half)
                ? W.LoadHalf(ref Unsafe.As<TNarrow, Half>(ref source), i)
                : W.LoadBFloat16(ref Unsafe.As<TNarrow, BFloat16>(ref source), i), ref destination, i);
        }
        return i;
    }

    private static nint Narrow<W, V, TNarrow>(ref float source, ref TNarrow destination, nint i, nint count) where W : struct, IFloatLanes<V, float> where TNarrow : unmanaged
    {
        for (; i + W.Count <= count; i += W.Count)
        {
            if (typeof(TNarrow) == typeof(Half))
                W.StoreHalf(W.Load(ref source, i), ref Unsafe.As<TNarrow, Half>(ref destination), i);
            else
                W.StoreBFloat16(W.Load(ref source, i), ref Unsafe.As<TNarrow, BFloat16>(ref destination), i);
        }
        return i;
    }
}
