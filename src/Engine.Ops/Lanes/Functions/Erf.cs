using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>The error function: an odd series up to ½ (0.92 in float), one minus the complement beyond.</summary>
internal readonly struct Erf : IFloatFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float>
    {
        var sign = W.And(x, W.Neg(W.Zero));
        var magnitude = W.MinLimit(W.Broadcast(4), W.Abs(x));
        var series = Polynomial.Horner<W, V, float>(
            W.Mul(magnitude, magnitude), 0.12837917, -0.37612634, 0.11283694, -0.02685927, 0.0052006349, -0.00081374404, 8.345225e-05);
        var near = W.Fma(magnitude, series, magnitude);

        // Beyond, 1 - exp(-x·Q(x)), Q minimax for -log(erfc x) / x on [0.91, 4].
        var rate = Polynomial.Horner<W, V, float>(
            magnitude, 1.12854655, 0.63564935, 0.105215971, -0.02262489, 0.0028997318, -3.857356e-05, -4.7743142e-05, 5.1157364e-06);
        var (n, r, tail) = Exponential.Reduce<W, V, float>(W.Neg(W.Mul(magnitude, rate)));
        var power = W.Mul(W.Add(W.One, W.Add(r, tail)), PowersOfTwo.Power<W, V, float>(PowersOfTwo.Integer<W, V, float>(n)));
        var far = W.Sub(W.One, power);
        return W.Or(W.Select(W.Less(magnitude, W.Broadcast(0.92f)), near, far), sign);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double>
    {
        var sign = W.And(x, W.Neg(W.Zero));
        var magnitude = W.Abs(x);
        var near = W.Add(magnitude, ErrorFunction.NearRest<W, V>(magnitude));
        var far = W.Sub(W.One, ErrorFunction.Complement<W, V>(magnitude));
        return W.Or(W.Select(W.Less(magnitude, W.Broadcast(ErrorFunction.Middle)), near, far), sign);
    }
}
