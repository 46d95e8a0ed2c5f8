using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>Arc tangent: with c of 0, ½, 1, 1½ or ∞ near |x|, arctan c + arctan t, t = (|x| - c) / (1 + c·|x|).</summary>
internal readonly struct Atan : IFloatFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => W.ThroughDouble<Atan>(x);

    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double>
    {
        var sign = W.And(x, W.Neg(W.Zero));
        var magnitude = W.Abs(x);
        V c = W.Zero, angle = W.Zero, angleLow = W.Zero;
        Step(ref c, ref angle, ref angleLow, 0.4375, 0.5, 0.4636476090008061, 2.2698777452961687e-17);
        Step(ref c, ref angle, ref angleLow, 0.6875, 1, 0.7853981633974483, 3.061616997868383e-17);
        Step(ref c, ref angle, ref angleLow, 1.1875, 1.5, 0.982793723247329, 1.3903311031230998e-17);
        var far = W.Greater(magnitude, W.Broadcast(2.4375));
        angle = W.Select(far, W.Broadcast(1.5707963267948966), angle);
        angleLow = W.Select(far, W.Broadcast(6.123233995736766e-17), angleLow);

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

        void Step(ref V c, ref V angle, ref V angleLow, double from, double point, double value, double valueLow)
        {
            var beyond = W.Greater(magnitude, W.Broadcast(from));
            c = W.Select(beyond, W.Broadcast(point), c);
            angle = W.Select(beyond, W.Broadcast(value), angle);
            angleLow = W.Select(beyond, W.Broadcast(valueLow), angleLow);
        }
    }
}
