using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes;

/// <summary>
/// Polynomials by Horner's rule, constant coefficient first. Each length is written out, so that all of it is compiled in place.
/// </summary>
internal static class Polynomial
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Horner<W, V, T>(V x, double c0, double c1, double c2, double c3)
        where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var sum = Constant.Of<W, V, T>(c3);
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c2));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c1));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c0));
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Horner<W, V, T>(V x, double c0, double c1, double c2, double c3, double c4)
        where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var sum = Constant.Of<W, V, T>(c4);
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c3));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c2));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c1));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c0));
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Horner<W, V, T>(V x, double c0, double c1, double c2, double c3, double c4, double c5)
        where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var sum = Constant.Of<W, V, T>(c5);
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c4));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c3));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c2));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c1));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c0));
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Horner<W, V, T>(V x, double c0, double c1, double c2, double c3, double c4, double c5, double c6)
        where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var sum = Constant.Of<W, V, T>(c6);
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c5));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c4));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c3));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c2));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c1));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c0));
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Horner<W, V, T>(V x, double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7)
        where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var sum = Constant.Of<W, V, T>(c7);
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c6));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c5));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c4));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c3));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c2));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c1));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c0));
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Horner<W, V, T>(
        V x,
        double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7, double c8)
        where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var sum = Constant.Of<W, V, T>(c8);
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c7));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c6));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c5));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c4));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c3));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c2));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c1));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c0));
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Horner<W, V, T>(
        V x,
        double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7, double c8, double c9)
        where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var sum = Constant.Of<W, V, T>(c9);
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c8));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c7));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c6));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c5));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c4));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c3));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c2));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c1));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c0));
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Horner<W, V, T>(
        V x,
        double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7, double c8, double c9,
        double c10)
        where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var sum = Constant.Of<W, V, T>(c10);
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c9));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c8));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c7));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c6));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c5));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c4));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c3));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c2));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c1));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c0));
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Horner<W, V, T>(
        V x,
        double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7, double c8, double c9,
        double c10, double c11, double c12)
        where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var sum = Constant.Of<W, V, T>(c12);
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c11));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c10));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c9));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c8));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c7));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c6));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c5));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c4));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c3));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c2));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c1));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c0));
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Horner<W, V, T>(
        V x,
        double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7, double c8, double c9,
        double c10, double c11, double c12, double c13, double c14, double c15, double c16, double c17, double c18, double c19,
        double c20)
        where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var sum = Constant.Of<W, V, T>(c20);
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c19));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c18));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c17));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c16));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c15));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c14));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c13));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c12));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c11));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c10));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c9));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c8));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c7));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c6));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c5));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c4));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c3));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c2));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c1));
        sum = W.Fma(sum, x, Constant.Of<W, V, T>(c0));
        return sum;
    }
}
