using Engine.Ops.Lanes;

namespace Engine.Ops.SpecialFunctions;

/// <summary>The lower incomplete gamma function, P(a, x).</summary>
internal readonly struct Igamma : IScalarFunction2<double>
{
    public static double Invoke(double a, double x)
    {
        if (x == 0) return 0;
        if (!(x > 0 && a > 0)) return double.NaN;
        if (double.IsInfinity(a)) return 0;
        if (double.IsInfinity(x)) return 1;
        if (TemmeExpansion.Covers(a, x)) return TemmeExpansion.Invoke(a, x, upper: false);
        var density = GammaDensity.Invoke(a, x);
        if (density == 0) return x > a ? 1 : 0;
        return IncompleteGamma.IsUpper(a, x)
            ? 1 - density * a * IncompleteGamma.Fraction(a, x).Value
            : density * IncompleteGamma.Series(a, x).Value;
    }
}
