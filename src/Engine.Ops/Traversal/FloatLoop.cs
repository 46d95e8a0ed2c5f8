using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Engine.Ops.Lanes;

namespace Engine.Ops.Traversal;

/// <summary>A float body over memory: the widest registers first, the same body on narrower ones and scalars for the remainder.</summary>
internal readonly struct FloatLoop<TBody, T> : IUnaryLoop<T, T> where TBody : struct, IFloatBody where T : unmanaged, System.Numerics.INumber<T>
{
    public static void Run(ref T source, ref T destination, nint count)
    {
        nint i = 0;
        if (Vector512.IsHardwareAccelerated && i + Lanes512<T>.Count <= count)
            i = Lanes<Lanes512<T>, Vector512<T>>(ref source, ref destination, i, count);
        if (Vector256.IsHardwareAccelerated && i + Lanes256<T>.Count <= count)
            i = Lanes<Lanes256<T>, Vector256<T>>(ref source, ref destination, i, count);
        if (Vector128.IsHardwareAccelerated && i + Lanes128<T>.Count <= count)
            i = Lanes<Lanes128<T>, Vector128<T>>(ref source, ref destination, i, count);
        if (i < count)
            Lanes<ScalarLanes<T>, T>(ref source, ref destination, i, count);
    }

    // A method of its own for each width: in one, the compiler would tire of inlining what long functions consist of.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nint Lanes<W, V>(ref T source, ref T destination, nint i, nint count) where W : struct, IFloatLanes<V, T>
    {
        for (; i + W.Count <= count; i += W.Count)
            W.Store(TBody.Invoke<W, V, T>(W.Load(ref source, i)), ref destination, i);
        return i;
    }
}
