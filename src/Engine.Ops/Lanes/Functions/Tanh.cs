using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>
/// With E = e^2|x| - 1, E / (E + 2), the quotient corrected for the errors of both its parts; in float, an odd series up to 0.6 and
/// 1 - 2 / (e^2|x| + 1) beyond.
/// </summary>
internal readonly struct Tanh : IFloatFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float>
    {
        var sign = W.And(x, W.Neg(W.Zero));
        var magnitude = W.MinLimit(W.Broadcast(10), W.Abs(x));
        var z = W.Mul(magnitude, magnitude);
        var series = Polynomial.Horner<W, V, float>(z, -0.333333, 0.13331958, -0.05378668, 0.020805377, -0.0059058588);
        var near = W.Fma(W.Mul(magnitude, z), series, magnitude);

        var (n, r, tail) = Exponential.Reduce<W, V, float>(W.Add(magnitude, magnitude));
        var power = W.Mul(W.Add(W.One, W.Add(r, tail)), PowersOfTwo.Power<W, V, float>(PowersOfTwo.Integer<W, V, float>(n)));
        var far = W.Sub(W.One, W.Div(W.Broadcast(2), W.Add(power, W.One)));
        return W.Or(W.Select(W.Less(magnitude, W.Broadcast(0.6f)), near, far), sign);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double>
    {
        var sign = W.And(x, W.Neg(W.Zero));
        var magnitude = W.MinLimit(W.Broadcast(22), W.Abs(x));
        var (high, low, n) = Exponential.LessOne<W, V, double>(W.Add(magnitude, magnitude));
        var power = W.Scale(high, n);
        var powerLow = W.Scale(low, n);
        var (divisor, divisorLow) = ErrorFree.Sum<W, V, double>(power, W.Broadcast(2));
        var (quotient, correction) = ErrorFree.Quotient<W, V, double>(power, powerLow, divisor, W.Add(divisorLow, powerLow));
        return W.Or(W.Add(quotient, correction), sign);
    }
}
