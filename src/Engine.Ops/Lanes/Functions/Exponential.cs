using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>
/// What the functions made of exponentials share: x = n·ln 2 + r with |r| ≤ ln 2 / 2, and eʳ = 1 + r + tail, in either precision.
/// </summary>
internal static class Exponential
{
    /// <summary>n, r and the tail of eʳ, which carries the rounding error of r too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V N, V R, V Tail) Reduce<W, V, T>(V x) where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        // The high part of ln 2 ends in zeros, enough for n times it to be exact.
        var n = W.Rint(W.Mul(x, Constant.Of<W, V, T>(1.4426950408889634)));
        var near = W.Fma(n, Constant.Of<W, V, T>(-0.693145751953125f, -0.6931471803691238), x);
        var low = W.Mul(n, Constant.Of<W, V, T>(1.4286068203094173e-06f, 1.9082149292705877e-10));
        var r = W.Sub(near, low);
        var error = W.Sub(W.Sub(near, r), low);
        return (n, r, W.Fma(W.Mul(r, r), Curvature<W, V, T>(r), error));
    }

    /// <summary>(eʳ - 1 - r) / r², minimax on |r| ≤ ln 2 / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Curvature<W, V, T>(V r) where W : struct, IFloatLanes<V, T> where T : unmanaged => typeof(T) == typeof(float)
        ? Polynomial.Horner<W, V, T>(r, 0.5, 0.16666667, 0.041666354, 0.008333273, 0.0013941055, 0.00019914273)
        : Polynomial.Horner<W, V, T>(
            r, 0.5, 0.16666666666666677, 0.0416666666666667, 0.008333333333321579, 0.001388888888886678, 0.00019841269886267194,
            2.480158736067679e-05, 2.755724406096676e-06, 2.755724265249395e-07, 2.5109090740829216e-08, 2.092447748810641e-09);

    /// <summary>eˣ / 2ⁿ as a rounded number in [0.7, 1.42] and its error, and n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V High, V Low, V N) HighLow<W, V, T>(V x) where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var (n, r, tail) = Reduce<W, V, T>(x);
        var (near, error) = ErrorFree.OrderedSum<W, V, T>(W.One, r);
        var (high, low) = ErrorFree.OrderedSum<W, V, T>(near, W.Add(error, tail));
        return (high, low, n);
    }

    /// <summary>(eˣ - 1) / 2ⁿ as a rounded number and its error, and n; x is above -60.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V High, V Low, V N) LessOne<W, V, T>(V x) where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var (n, r, tail) = Reduce<W, V, T>(x);
        var (near, nearLow) = ErrorFree.Sum<W, V, T>(W.One, W.Neg(W.Scale(W.One, W.Neg(n))));
        var (sum, sumLow) = ErrorFree.Sum<W, V, T>(near, r);
        var (high, low) = ErrorFree.OrderedSum<W, V, T>(sum, W.Add(W.Add(nearLow, sumLow), tail));
        return (high, low, n);
    }

    /// <summary>x within limits beyond which the exponential of either precision overflows or vanishes; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Limit<W, V, T>(V x, float lowest, double lowestDouble) where W : struct, IFloatLanes<V, T> where T : unmanaged
        => W.MaxLimit(Constant.Of<W, V, T>(lowest, lowestDouble), W.MinLimit(Constant.Of<W, V, T>(100f, 720), x));
}
