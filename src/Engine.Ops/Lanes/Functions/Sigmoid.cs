using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>1 / (1 + e⁻ˣ), through e^-|x|, which does not overflow; the quotient corrected for the errors of both its parts.</summary>
internal readonly struct Sigmoid : IFloatFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => Invoke<W, V, float>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double> => Invoke<W, V, double>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Invoke<W, V, T>(V x) where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var (high, low, n) = Exponential.HighLow<W, V, T>(Exponential.Limit<W, V, T>(W.Neg(W.Abs(x)), -110f, -760));
        var power = W.Scale(high, n);
        var powerLow = W.Scale(low, n);
        var (divisor, divisorLow) = ErrorFree.OrderedSum<W, V, T>(W.One, power);
        var negative = W.Less(x, W.Zero);
        var (quotient, correction) = ErrorFree.Quotient<W, V, T>(
            W.Select(negative, power, W.One), W.And(negative, powerLow), divisor, W.Add(divisorLow, powerLow));
        return W.Add(quotient, correction);
    }
}
