using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>The complement of the error function, which keeps its digits where it is small.</summary>
internal readonly struct Erfc : IFloatFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => W.ThroughDouble<Short>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double>
    {
        var magnitude = W.Abs(x);
        var (sum, error) = ErrorFree.OrderedSum<W, V, double>(W.One, W.Neg(x));
        var near = W.Add(sum, W.Sub(error, ErrorFunction.NearRest<W, V>(x)));
        var far = ErrorFunction.Complement<W, V>(magnitude);
        far = W.Select(W.Less(x, W.Zero), W.Sub(W.Broadcast(2), far), far);
        return W.Select(W.Less(magnitude, W.Broadcast(ErrorFunction.Middle)), near, far);
    }

    /// <summary>Exact enough for float.</summary>
    private readonly struct Short : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => W.ThroughDouble<Short>(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double>
        {
            var magnitude = W.MinLimit(W.Broadcast(11), W.Abs(x));
            var power = Exp.Double<W, V>(W.Neg(W.Mul(magnitude, magnitude)));
            var t = W.Div(W.Sub(magnitude, W.Broadcast(3.5)), W.Add(magnitude, W.Broadcast(3.5)));
            var factor = Polynomial.Horner<W, V, double>(
                t, 1.2423492448543085, -0.14000917969375135, -0.010555593254851219, 0.09751907021447677, -0.11508969952282044,
                0.08798352138504231, -0.048822008994874926, 0.019097415221156558, -0.004223052090473274, -0.0003002753985432177,
                0.00058713097139475, -0.00011061025080101541, -6.60805140452115e-05);
            var result = W.Div(W.Mul(power, factor), W.Fma(magnitude, W.Broadcast(2), W.One));
            return W.Select(W.Less(x, W.Zero), W.Sub(W.Broadcast(2), result), result);
        }
    }
}
