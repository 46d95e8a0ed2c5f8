using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>1 / (1 + e⁻ˣ), through e^-|x|, which does not overflow; in double, the quotient corrected for the errors of both its parts.</summary>
internal readonly struct Sigmoid : IFloatFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float>
    {
        // Three roundings of half a unit each, of the exponential, the sum and the quotient, stay within two units.
        var power = Exp.Single<W, V>(W.Neg(W.Abs(x)));
        return W.Div(W.Select(W.Less(x, W.Zero), power, W.One), W.Add(W.One, power));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double>
    {
        var (high, low, n) = Exponential.HighLow<W, V, double>(Exponential.Limit<W, V, double>(W.Neg(W.Abs(x)), -110f, -760));
        var power = W.Scale(high, n);
        var powerLow = W.Scale(low, n);
        var (divisor, divisorLow) = ErrorFree.OrderedSum<W, V, double>(W.One, power);
        var negative = W.Less(x, W.Zero);
        var (quotient, correction) = ErrorFree.Quotient<W, V, double>(
            W.Select(negative, power, W.One), W.And(negative, powerLow), divisor, W.Add(divisorLow, powerLow));
        return W.Add(quotient, correction);
    }
}
