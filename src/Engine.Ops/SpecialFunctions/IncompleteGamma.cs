using Engine.Ops.Lanes;

namespace Engine.Ops.SpecialFunctions;

/// <summary>The incomplete gamma functions' power series (below a) and continued fraction (above), with their derivatives in a.</summary>
internal static class IncompleteGamma
{
    private const int MaxTerms = 10000;

    /// <summary>Whether the continued fraction serves (a, x), rather than the series.</summary>
    public static bool IsUpper(double a, double x) => x > 1 && x > a;

    /// <summary>S = Σ xⁿ / ((a + 1)…(a + n)) over n ≥ 0, and its derivative in a. The lower function is S times the density.</summary>
    public static (double Value, double Gradient) Series(double a, double x)
    {
        double term = 1, sum = 1, harmonic = 0, gradient = 0;
        for (var n = 1; n < MaxTerms; n++)
        {
            term *= x / (a + n);
            harmonic += 1 / (a + n);
            sum += term;
            gradient -= term * harmonic;
            if (term * harmonic <= 1e-17 * -gradient && term <= 1e-17 * sum) break;
        }
        return (sum, gradient);
    }

    /// <summary>
    /// F = 1 / (x + 1 - a - 1·(1 - a) / (x + 3 - a - 2·(2 - a) / …)), and its derivative in a. The upper function is a·F times the
    /// density.
    /// </summary>
    public static (double Value, double Gradient) Fraction(double a, double x)
    {
        // Numerators p and denominators q of the convergents, with derivatives.
        double p0 = 0, q0 = 1, p1 = 1, q1 = x + 1 - a, dp0 = 0, dq0 = 0, dp1 = 0, dq1 = -1;
        double value = p1 / q1, gradient = -value * dq1 / q1;
        for (var n = 1; n < MaxTerms; n++)
        {
            double b = x + 1 - a + 2.0 * n, c = n * (n - a);
            double p2 = b * p1 - c * p0, q2 = b * q1 - c * q0;
            double dp2 = b * dp1 - p1 - c * dp0 + n * p0, dq2 = b * dq1 - q1 - c * dq0 + n * q0;
            (p0, p1, dp0, dp1) = (p1, p2, dp1, dp2);
            (q0, q1, dq0, dq1) = (q1, q2, dq1, dq2);
            if (q1 != 0)
            {
                var next = p1 / q1;
                var nextGradient = (dp1 - next * dq1) / q1;
                var settled = Math.Abs(next - value) <= 1e-16 * Math.Abs(next)
                    && Math.Abs(nextGradient - gradient) <= 1e-15 * Math.Abs(nextGradient);
                (value, gradient) = (next, nextGradient);
                if (settled) break;
            }
            if (Math.Abs(q1) > 1e100)
            {
                const double Shrink = 1e-100;
                (p0, p1, dp0, dp1) = (p0 * Shrink, p1 * Shrink, dp0 * Shrink, dp1 * Shrink);
                (q0, q1, dq0, dq1) = (q0 * Shrink, q1 * Shrink, dq0 * Shrink, dq1 * Shrink);
            }
        }
        return (value, gradient);
    }

    /// <summary>The upper function for a and x up to one, where it is the small difference of the lower from one.</summary>
    public static double SmallUpper(double a, double x)
    {
        // Γ(a+1)·P / xᵃ = 1 + a·Σ (-x)ⁿ / ((a + n)·n!).
        double term = 1, sum = 0;
        for (var n = 1; n < 60; n++)
        {
            term *= -x / n;
            sum += term / (a + n);
            if (Math.Abs(term) < 1e-18) break;
        }
        var t = a * Math.Log(x) - Lgamma.Invoke(a + 1);
        return -Lanes.Functions.Expm1.Double<ScalarLanes<double>, double>(t) - Math.Exp(t) * a * sum;
    }
}
