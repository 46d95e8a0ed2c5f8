using Engine.Ops.Lanes;

namespace Engine.Ops.SpecialFunctions;

/// <summary>The upper incomplete gamma function, Q(a, x) = 1 - P(a, x).</summary>
internal readonly struct Igammac : IScalarFunction2<double>
{
    public static double Invoke(double a, double x)
    {
        if (!(x >= 0 && a > 0)) return double.NaN;
        if (x == 0) return 1;
        if (double.IsInfinity(a)) return double.IsInfinity(x) ? 0 : 1;
        if (double.IsInfinity(x)) return 0;
        if (TemmeExpansion.Covers(a, x)) return TemmeExpansion.Invoke(a, x, upper: true);
        if (a <= 1 && x <= 1) return IncompleteGamma.SmallUpper(a, x);
        var density = GammaDensity.Invoke(a, x);
        if (density == 0) return x > a ? 0 : 1;
        return IncompleteGamma.IsUpper(a, x)
            ? density * a * IncompleteGamma.Fraction(a, x).Value
            : 1 - density * IncompleteGamma.Series(a, x).Value;
    }
}
