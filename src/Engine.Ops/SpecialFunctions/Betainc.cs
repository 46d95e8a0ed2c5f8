using Engine.Ops.Lanes;

namespace Engine.Ops.SpecialFunctions;

/// <summary>The regularised incomplete beta function Iₓ(a, b); NaN outside a, b in (0, ∞) and x in [0, 1].</summary>
internal static class Betainc
{
    private const int MaxTerms = 100000;

    /// <summary>The function's value.</summary>
    public static double Invoke(double a, double b, double x)
    {
        if (!(a > 0 && b > 0 && x >= 0 && x <= 1) || double.IsInfinity(a) || double.IsInfinity(b)) return double.NaN;
        if (x is 0 or 1) return x;

        // The fraction converges fast below the mean; above it the complement's does.
        return x < (a + 1) / (a + b + 2)
            ? Density(a, b, x, 1 - x) / a * Fraction(a, b, x)
            : 1 - Density(b, a, 1 - x, x) / b * Fraction(b, a, 1 - x);
    }

    /// <summary>xᵃ·yᵇ / B(a, b), y = 1 - x.</summary>
    private static double Density(double a, double b, double x, double y)
    {
        if (a >= 12 && b >= 12)
        {
            var distance = x * b - y * a;
            var exponent = a * GammaDensity.ExcessOverLog(distance / a) + b * GammaDensity.ExcessOverLog(-distance / b);
            var remainder = Lgamma.Remainder(a + b) - Lgamma.Remainder(a) - Lgamma.Remainder(b);
            return Math.Sqrt(a / (2 * Math.PI) * (b / (a + b))) * Math.Exp(remainder - exponent);
        }
        var logRatio = a >= 12 ? LogRatio(a, b) - Lgamma.Invoke(b)
            : b >= 12 ? LogRatio(b, a) - Lgamma.Invoke(a)
            : Lgamma.Invoke(a + b) - Lgamma.Invoke(a) - Lgamma.Invoke(b);
        return Math.Exp(a * Math.Log(x) + b * Math.Log(y) + logRatio);
    }

    /// <summary>log Γ(a + b) - log Γ(a) for a ≥ 12, without the difference of large numbers.</summary>
    private static double LogRatio(double a, double b)
        => (a - 0.5) * Log1p(b / a) + b * (Math.Log(a + b) - 1) + Lgamma.Remainder(a + b) - Lgamma.Remainder(a);

    /// <summary>The continued fraction of the function (DLMF 8.17.22), by Lentz's method.</summary>
    private static double Fraction(double a, double b, double x)
    {
        const double Tiny = 1e-300;
        double c = 1, d = 1 / NonZero(1 - (a + b) * x / (a + 1)), value = d;
        for (var m = 1; m < MaxTerms; m++)
        {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / NonZero(1 + even * d);
            c = NonZero(1 + even / c);
            value *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / NonZero(1 + odd * d);
            c = NonZero(1 + odd / c);
            var step = d * c;
            value *= step;
            if (!(Math.Abs(step - 1) >= 1e-16)) break;
        }
        return value;

        static double NonZero(double x) => Math.Abs(x) < Tiny ? Tiny : x;
    }

    private static double Log1p(double x) => Lanes.Functions.Log1p.Double<ScalarLanes<double>, double>(x);
}
