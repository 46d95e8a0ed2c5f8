using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Engine.Ops.Lanes;

namespace Engine.Ops.Traversal;

/// <summary>A number body of two arguments over memory, at all widths.</summary>
internal readonly struct NumberLoop2<TBody, T> : IBinaryLoop<T, T> where TBody : struct, INumberBody2 where T : unmanaged, System.Numerics.INumber<T>
{
    public static void Run(ref T x, ref T y, ref T destination, nint count, bool xIsScalar, bool yIsScalar)
    {
        nint i = 0;
        if (Vector512.IsHardwareAccelerated)
            i = Lanes<Lanes512<T>, Vector512<T>>(ref x, ref y, ref destination, i, count, xIsScalar, yIsScalar);
        if (Vector256.IsHardwareAccelerated)
            i = Lanes<Lanes256<T>, Vector256<T>>(ref x, ref y, ref destination, i, count, xIsScalar, yIsScalar);
        if (Vector128.IsHardwareAccelerated)
            i = Lanes<Lanes128<T>, Vector128<T>>(ref x, ref y, ref destination, i, count, xIsScalar, yIsScalar);
        Lanes<ScalarLanes<T>, T>(ref x, ref y, ref destination, i, count, xIsScalar, yIsScalar);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Lanes<W, V>(ref T x, ref T y, ref T destination, nint i, nint count, bool xIsScalar, bool yIsScalar) where W : struct, INumberLanes<V, T>
    {
        if (i + W.Count > count)
            return i;
        if (xIsScalar)
        {
            var all = W.Broadcast(x);
            for (; i + W.Count <= count; i += W.Count)
                W.Store(TBody.Invoke<W, V, T>(all, W.Load(ref y, i)), ref destination, i);
        }
        else if (yIsScalar)
        {
            var all = W.Broadcast(y);
            for (; i + W.Count <= count; i += W.Count)
                W.Store(TBody.Invoke<W, V, T>(W.Load(ref x, i), all), ref destination, i);
        }
        else
        {
            for (; i + W.Count <= count; i += W.Count)
                W.Store(TBody.Invoke<W, V, T>(W.Load(ref x, i), W.Load(ref y, i)), ref destination, i);
        }
        return i;
    }
}
