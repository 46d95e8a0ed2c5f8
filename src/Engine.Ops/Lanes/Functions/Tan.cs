using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>Sine over cosine, each in twice the precision.</summary>
internal readonly struct Tan : IFloatFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => W.ThroughDouble<Short>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double>
    {
        var (quadrant, r, rLow) = Angle.Reduce<W, V>(x);
        var (sine, sineLow) = Angle.Sine<W, V>(r, rLow);
        (sine, sineLow) = ErrorFree.OrderedSum<W, V, double>(sine, sineLow);
        var (cosine, cosineLow) = Angle.Cosine<W, V>(r, rLow);
        (cosine, cosineLow) = ErrorFree.OrderedSum<W, V, double>(cosine, cosineLow);

        // tan(r + π/2) = -cos r / sin r.
        var odd = Angle.IsOdd<W, V>(quadrant);
        var (quotient, correction) = ErrorFree.Quotient<W, V, double>(
            W.Select(odd, cosine, sine), W.Select(odd, cosineLow, sineLow), W.Select(odd, sine, cosine), W.Select(odd, sineLow, cosineLow));
        var result = W.Xor(W.Add(quotient, correction), W.And(odd, W.Neg(W.Zero)));
        result = W.Select(W.Equal(x, W.Zero), x, result);
        var large = Angle.IsLarge<W, V>(x);
        return W.Any(large) ? W.Select(large, W.Map<Scalar>(x), result) : result;
    }

    private readonly struct Scalar : IScalarFunction<double>
    {
        public static double Invoke(double x) => Math.Tan(x);
    }

    /// <summary>Exact enough for float.</summary>
    private readonly struct Short : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => W.ThroughDouble<Short>(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double>
        {
            var (quadrant, sine, cosine) = ShortSine.Both<W, V>(x);
            var odd = Angle.IsOdd<W, V>(quadrant);
            var result = W.Div(W.Select(odd, W.Neg(cosine), sine), W.Select(odd, sine, cosine));
            result = W.Select(W.Equal(x, W.Zero), x, result);
            var large = Angle.IsLarge<W, V>(x);
            return W.Any(large) ? W.Select(large, W.Map<Scalar>(x), result) : result;
        }
    }
}
