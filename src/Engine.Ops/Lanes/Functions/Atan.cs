using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>Arc tangent: with c of 0, ½, 1, 1½ or ∞ near |x|, arctan c + arctan t, t = (|x| - c) / (1 + c·|x|).</summary>
internal readonly struct Atan : IFloatFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => W.ThroughDouble<Atan>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double>
    {
        var sign = W.And(x, W.Neg(W.Zero));
        var magnitude = W.Abs(x);
        var half = W.Greater(magnitude, W.Broadcast(0.4375));
        var one = W.Greater(magnitude, W.Broadcast(0.6875));
        var more = W.Greater(magnitude, W.Broadcast(1.1875));
        var far = W.Greater(magnitude, W.Broadcast(2.4375));
        var c = Choose<W, V>(half, one, more, more, 0.5, 1, 1.5, 1.5);
        var angle = Choose<W, V>(half, one, more, far, 0.4636476090008061, 0.7853981633974483, 0.982793723247329, 1.5707963267948966);
        var angleLow = Choose<W, V>(
            half, one, more, far, 2.2698777452961687e-17, 3.061616997868383e-17, 1.3903311031230998e-17, 6.123233995736766e-17);

        var t = W.Div(
            W.Select(far, W.Neg(W.One), W.Sub(magnitude, c)),
            W.Select(far, magnitude, W.Add(W.One, W.Mul(c, magnitude))));
        var z = W.Mul(t, t);
        var series = Polynomial.Horner<W, V, double>(
            z, -0.33333333333332926, 0.19999999999875037, -0.14285714272373456, 0.11111110399591298, -0.09090886980164199,
            0.07691873724714383, -0.06661047471115866, 0.05833400124045064, -0.04976180868189047, 0.03651546184653805,
            -0.016269780413574655);
        var correction = W.Fma(W.Mul(t, z), series, angleLow);
        return W.Or(W.Add(angle, W.Add(t, correction)), sign);
    }

    /// <summary>Of the values whose masks are set the last, else zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Choose<W, V>(V first, V second, V third, V fourth, double atFirst, double atSecond, double atThird, double atFourth)
        where W : struct, IFloatLanes<V, double>
    {
        var value = W.Select(second, W.Broadcast(atSecond), W.And(first, W.Broadcast(atFirst)));
        return W.Select(fourth, W.Broadcast(atFourth), W.Select(third, W.Broadcast(atThird), value));
    }
}
