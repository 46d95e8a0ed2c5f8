using Engine.Ops.Lanes;

namespace Engine.Ops.SpecialFunctions;

/// <summary>Spence's integral, the dilogarithm of 1 - x; NaN below zero and at +∞.</summary>
internal readonly struct Spence : IScalarFunction<double>
{
    private const double PiSquaredOverSix = 1.6449340668482264;

    public static double Invoke(double x)
    {
        if (!(x >= 0) || double.IsInfinity(x)) return double.NaN;
        if (x == 0) return PiSquaredOverSix;

        // Li₂ of z = 1 - x by reflection and inversion from where the series in -log(1 - z) converges fast.
        if (x > 2)
        {
            var log = Log1p(x - 2);
            return -PiSquaredOverSix - 0.5 * log * log - Series(-Log1p(1 / (x - 1)));
        }
        if (x >= 0.5) return Series(-Log1p(x - 1));
        return PiSquaredOverSix - Math.Log(x) * Log1p(-x) - Series(-Log1p(-x));
    }

    /// <summary>Li₂(1 - e^-u) = u - u²/4 + Σ B₂ₖ·u^(2k+1) / (2k+1)!, for |u| ≤ log 2.</summary>
    private static double Series(double u)
    {
        var z = u * u;
        var sum = 1.0 / 36 - z * (1.0 / 3600 - z * (1.0 / 211680 - z * (1.0 / 10886400 - z * (1.0 / 526901760
            - z * (691.0 / 16999766784000 - z / 1120863744000)))));
        return u - z * (0.25 - u * sum);
    }

    private static double Log1p(double x) => Lanes.Functions.Log1p.Double<ScalarLanes<double>, double>(x);
}
