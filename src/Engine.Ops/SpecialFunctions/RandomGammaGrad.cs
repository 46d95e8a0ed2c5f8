using Engine.Ops.Lanes;

namespace Engine.Ops.SpecialFunctions;

/// <summary>
/// The derivative of a gamma sample in the shape of its distribution, at a fixed quantile: -∂P(a, x)/∂a over the density at x.
/// </summary>
internal readonly struct RandomGammaGrad : IScalarFunction2<double>
{
    // Where the density vanishes in the precision of the answer, TensorFlow answers zero: here, logarithms of the largest numbers.
    private const double MaxLog = 709.782712893384;
    private const double MaxLogSingle = 88.72284;

    public static double Invoke(double a, double x) => Invoke(a, x, MaxLog);

    /// <summary>The function as it is answered in <see cref="float"/>.</summary>
    internal readonly struct Single : IScalarFunction2<float>
    {
        public static float Invoke(float a, float x) => (float)RandomGammaGrad.Invoke(a, x, MaxLogSingle);
    }

    private static double Invoke(double a, double x, double maxLog)
    {
        if (x == 0) return 0;
        if (!(x > 0 && a > 0)) return double.NaN;
        if (double.IsInfinity(a) || double.IsInfinity(x)) return 0;
        var upper = IncompleteGamma.IsUpper(a, x);
        if (GammaDensity.Log(a, x) + (upper ? Math.Log(a) : 0) < -maxLog) return 0;
        if (TemmeExpansion.Covers(a, x)) return Math.Exp(Lgamma.Remainder(a)) * TemmeExpansion.ScaledGradient(a, x) * (x / a);
        if (upper)
        {
            var (fraction, slope) = IncompleteGamma.Fraction(a, x);
            return ((Math.Log(x) - Digamma.Invoke(a)) * fraction + slope) * x;
        }
        var (sum, gradient) = IncompleteGamma.Series(a, x);
        return -((Math.Log(x) - Digamma.Invoke(a + 1)) * sum + gradient) * (x / a);
    }
}
