using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>
/// The angle of the point (x, y). In float, the arc tangent of the quotient in double precision; in double, the scalar library, which
/// does not round the quotient first.
/// </summary>
internal readonly struct Atan2 : IFloatFunction2
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<W, V>(V y, V x) where W : struct, IFloatLanes<V, float> => W.ThroughDouble2<Short>(y, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<W, V>(V y, V x) where W : struct, IFloatLanes<V, double> => W.Map2<Scalar>(y, x);

    private readonly struct Scalar : IScalarFunction2<double>
    {
        public static double Invoke(double y, double x) => Math.Atan2(y, x);
    }

    /// <summary>Exact enough for float.</summary>
    private readonly struct Short : IFloatFunction2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Single<W, V>(V y, V x) where W : struct, IFloatLanes<V, float> => W.ThroughDouble2<Short>(y, x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Double<W, V>(V y, V x) where W : struct, IFloatLanes<V, double>
        {
            V upright = W.Abs(y), across = W.Abs(x);

            // 0 / 0 counts as 0 and ∞ / ∞ as 1.
            var quotient = W.Select(W.Equal(upright, across), W.One, W.Div(upright, across));
            quotient = W.Select(W.Equal(upright, W.Zero), W.Zero, quotient);
            var angle = Atan.Double<W, V>(quotient);
            angle = W.Select(W.ShiftRightArithmetic(x, 63), W.Sub(W.Broadcast(Math.PI), angle), angle);
            angle = W.Or(angle, W.And(y, W.Neg(W.Zero)));
            return W.Select(W.Or(W.IsNaN(x), W.IsNaN(y)), W.Broadcast(double.NaN), angle);
        }
    }
}
