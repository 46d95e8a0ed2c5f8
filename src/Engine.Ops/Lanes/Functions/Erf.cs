namespace Engine.Ops.Lanes.Functions;

/// <summary>See <see cref="IFloatLanes{V, T}.Erf"/>.</summary>
internal readonly struct Erf : IFloatFunction
{
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => W.ThroughDouble<Erf>(x);

    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double> => W.Map<Scalar>(x);

    internal readonly struct Scalar : IScalarFunction<double>
    {
        public static double Invoke(double x) => Math.Abs(x) < 1 ? x * Series(x * x) : x > 0 ? 1 - Erfc.Scalar.Invoke(x) : Erfc.Scalar.Invoke(-x) - 1;

        private static double Series(double z)
        {
            double term = 1.1283791670955126, sum = term;
            for (var n = 1; Math.Abs(term) > 1e-18; n++)
            {
                term *= -z / n;
                sum += term / (2 * n + 1);
            }
            return sum;
        }
    }
}
