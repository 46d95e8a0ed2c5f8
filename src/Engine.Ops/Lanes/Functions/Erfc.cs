namespace Engine.Ops.Lanes.Functions;

/// <summary>See <see cref="IFloatLanes{V, T}.Erfc"/>.</summary>
internal readonly struct Erfc : IFloatFunction
{
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => W.ThroughDouble<Erfc>(x);

    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double> => W.Map<Scalar>(x);

    internal readonly struct Scalar : IScalarFunction<double>
    {
        public static double Invoke(double x)
        {
            if (double.IsNaN(x)) return x;
            if (x < 0) return 2 - Invoke(-x);
            if (x < 1) return 1 - Erf.Scalar.Invoke(x);
            var fraction = x;
            for (var n = 400; n > 0; n--) fraction = x + n * 0.5 / fraction;
            return Math.Exp(-x * x) * 0.5641895835477563 / fraction;
        }
    }
}
