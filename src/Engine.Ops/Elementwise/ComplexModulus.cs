using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>
/// The moduli of complex numbers as the root of the sum of squares, for vectors whose sums neither overflow nor lose digits; others are left to a scalar body, which
/// is free of that.
/// </summary>
/// <typeparam name="TBody">The modulus of one number.</typeparam>
/// <typeparam name="TComplex">Two adjacent numbers of the type.</typeparam>
/// <typeparam name="T">The number.</typeparam>
internal readonly struct ComplexModulus<TBody, TComplex, T> : IUnaryLoop<TComplex, T>
    where TBody : struct, IScalarBody<TComplex, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static void Run(ref TComplex source, ref T destination, nint count)
    {
        ref T numbers = ref Unsafe.As<TComplex, T>(ref source);
        nint i = 0;
        if (Vector512.IsHardwareAccelerated)
            i = Lanes<Lanes512<T>, Vector512<T>>(ref numbers, ref destination, i, count);
        if (Vector256.IsHardwareAccelerated)
            i = Lanes<Lanes256<T>, Vector256<T>>(ref numbers, ref destination, i, count);
        if (Vector128.IsHardwareAccelerated)
            i = Lanes<Lanes128<T>, Vector128<T>>(ref numbers, ref destination, i, count);
        for (; i < count; i++)
            Unsafe.Add(ref destination, i) = TBody.Invoke(Unsafe.Add(ref source, i));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Lanes<W, V>(ref T source, ref T destination, nint i, nint count) where W : struct, IFloatLanes<V, T>
    {
        // Far enough from both ends of the exponents that a square below loses nothing that shows in the sum.
        int exponent = typeof(T) == typeof(float) ? 100 : 900;
        V low = W.Broadcast(T.ScaleB(T.One, -exponent)), high = W.Broadcast(T.ScaleB(T.One, exponent));
        for (; i + W.Count <= count; i += W.Count)
        {
            V x = W.Load(in source, 2 * i), y = W.Load(in source, 2 * i + W.Count), re = W.Even(x, y), im = W.Odd(x, y);
            V sum = W.Fma(re, re, W.Mul(im, im));
            V isPlain = W.Or(W.And(W.GreaterOrEqual(sum, low), W.LessOrEqual(sum, high)), W.Equal(W.Or(W.Abs(re), W.Abs(im)), W.Zero));
            if (W.All(isPlain))
            {
                W.Store(W.Sqrt(sum), ref destination, i);
                continue;
            }
            for (nint j = i; j < i + W.Count; j++)
                Unsafe.Add(ref destination, j) = TBody.Invoke(Unsafe.As<T, TComplex>(ref Unsafe.Add(ref source, 2 * j)));
        }
        return i;
    }
}
