using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>x to the power y. In float, exp(y·log |x|) in double precision; in double, the scalar library, which carries more.</summary>
internal readonly struct Pow : IFloatFunction2
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<W, V>(V x, V y) where W : struct, IFloatLanes<V, float> => W.ThroughDouble2<Short>(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<W, V>(V x, V y) where W : struct, IFloatLanes<V, double> => W.Map2<Scalar>(x, y);

    private readonly struct Scalar : IScalarFunction2<double>
    {
        public static double Invoke(double x, double y) => Math.Pow(x, y);
    }

    /// <summary>Exact enough for float.</summary>
    private readonly struct Short : IFloatFunction2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Single<W, V>(V x, V y) where W : struct, IFloatLanes<V, float> => W.ThroughDouble2<Short>(x, y);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Double<W, V>(V x, V y) where W : struct, IFloatLanes<V, double>
        {
            var magnitude = W.Abs(x);
            var result = Exp.Double<W, V>(W.Mul(y, Log.Double<W, V>(magnitude)));

            // One to any power, even ±∞, and anything to the power zero, even NaN.
            result = W.Select(W.Or(W.Equal(magnitude, W.One), W.Equal(y, W.Zero)), W.One, result);
            result = W.Select(W.And(W.IsNaN(y), W.NotEqual(x, W.One)), y, result);

            // Below zero a fraction has no power, an odd integer turns the sign. Infinite powers count as even.
            var negative = W.ShiftRightArithmetic(x, 63);
            var halfY = W.Mul(y, W.Broadcast(0.5));
            var isInteger = W.Equal(W.Rint(y), y);
            var isOdd = W.And(isInteger, W.NotEqual(W.Rint(halfY), halfY));
            result = W.Xor(result, W.And(W.And(negative, isOdd), W.Neg(W.Zero)));
            var undefined = W.And(W.Less(x, W.Zero), W.Not(isInteger));
            return W.Select(W.And(undefined, W.Less(magnitude, W.Broadcast(double.PositiveInfinity))), W.Broadcast(double.NaN), result);
        }
    }
}
