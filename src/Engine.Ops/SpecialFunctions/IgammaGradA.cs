using Engine.Ops.Lanes;

namespace Engine.Ops.SpecialFunctions;

/// <summary>The derivative of the lower incomplete gamma function P(a, x) in a.</summary>
internal readonly struct IgammaGradA : IScalarFunction2<double>
{
    public static double Invoke(double a, double x)
    {
        if (x == 0) return 0;
        if (!(x > 0 && a > 0)) return double.NaN;
        if (double.IsInfinity(a) || double.IsInfinity(x)) return 0;
        var density = GammaDensity.Invoke(a, x);
        if (density == 0) return 0;
        if (TemmeExpansion.Covers(a, x)) return -density * Math.Exp(Lgamma.Remainder(a)) * TemmeExpansion.ScaledGradient(a, x);
        if (IncompleteGamma.IsUpper(a, x))
        {
            var (fraction, slope) = IncompleteGamma.Fraction(a, x);
            return -density * a * ((Math.Log(x) - Digamma.Invoke(a)) * fraction + slope);
        }
        var (sum, gradient) = IncompleteGamma.Series(a, x);
        return density * ((Math.Log(x) - Digamma.Invoke(a + 1)) * sum + gradient);
    }
}
