using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>½·log(1 + 2·|x| / (1 - |x|)), its argument carried in twice the precision.</summary>
internal readonly struct Atanh : IFloatFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => Invoke<W, V, float>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double> => Invoke<W, V, double>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Invoke<W, V, T>(V x) where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var sign = W.And(x, W.Neg(W.Zero));
        var magnitude = W.Abs(x);
        var (divisor, divisorLow) = ErrorFree.OrderedSum<W, V, T>(W.One, W.Neg(magnitude));
        var (quotient, quotientLow) = ErrorFree.Quotient<W, V, T>(W.Add(magnitude, magnitude), W.Zero, divisor, divisorLow);
        var (u, low) = ErrorFree.Sum<W, V, T>(W.One, quotient);
        var result = Logarithm.Invoke<W, V, T>(u, W.Zero, W.Div(W.Add(low, quotientLow), u));
        result = W.Mul(result, Constant.Of<W, V, T>(0.5));
        result = W.Select(W.Equal(magnitude, W.One), Constant.Of<W, V, T>(double.PositiveInfinity), result);
        result = W.Select(W.Greater(magnitude, W.One), Constant.Of<W, V, T>(double.NaN), result);
        return W.Select(W.Equal(magnitude, W.Zero), x, W.Or(result, sign));
    }
}
