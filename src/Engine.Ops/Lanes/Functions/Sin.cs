using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>Sine by quadrants; see <see cref="Angle"/>.</summary>
internal readonly struct Sin : IFloatFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => W.ThroughDouble<Short>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double>
    {
        var result = Angle.SineOfTurned<W, V>(x, 0);
        result = W.Select(W.Equal(x, W.Zero), x, result);
        var large = Angle.IsLarge<W, V>(x);
        return W.Any(large) ? W.Select(large, W.Map<Scalar>(x), result) : result;
    }

    private readonly struct Scalar : IScalarFunction<double>
    {
        public static double Invoke(double x) => Math.Sin(x);
    }

    /// <summary>Exact enough for float.</summary>
    private readonly struct Short : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => W.ThroughDouble<Short>(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double>
        {
            var result = ShortSine.OfTurned<W, V>(x, 0);
            result = W.Select(W.Equal(x, W.Zero), x, result);
            var large = Angle.IsLarge<W, V>(x);
            return W.Any(large) ? W.Select(large, W.Map<Scalar>(x), result) : result;
        }
    }
}
