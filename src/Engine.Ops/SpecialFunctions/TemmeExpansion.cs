using Engine.Ops.Lanes;

namespace Engine.Ops.SpecialFunctions;

/// <summary>
/// The incomplete gamma functions for large a and x near it: Temme's uniform expansion, ½·erfc(η·√(a/2)) + R (DLMF 8.12), with
/// η²/2 = μ - log(1 + μ) and μ = x/a - 1.
/// </summary>
internal static class TemmeExpansion
{
    private static ReadOnlySpan<double> C0 =>
    [
        -0.3333333333333333, 0.08333333333333333, -0.014814814814814815, 0.0011574074074074073, 0.0003527336860670194,
        -0.0001787551440329218, 3.919263178522438e-05, -2.185448510679992e-06, -1.85406221071516e-06, 8.296711340953087e-07,
        -1.7665952736826078e-07, 6.707853543401498e-09, 1.0261809784240309e-08, -4.382036018453353e-09, 9.14769958223679e-10,
        -2.5514193994946248e-11,
    ];

    private static ReadOnlySpan<double> C1 =>
    [
        -0.001851851851851852, -0.003472222222222222, 0.0026455026455026454, -0.0009902263374485596, 0.00020576131687242798,
        -4.018775720164609e-07, -1.8098550334489977e-05, 7.64916091608111e-06, -1.6120900894563446e-06, 4.647127802807434e-09,
        1.378633446915721e-07, -5.752545603517705e-08, 1.1951628599778148e-08, -1.7543241719747647e-11,
    ];

    private static ReadOnlySpan<double> C2 =>
    [
        0.004133597883597883, -0.0026813271604938273, 0.0007716049382716049, 2.0093878600823047e-06, -0.0001073665322636516,
        5.2923448829120125e-05, -1.2760635188618728e-05, 3.423578734096138e-08, 1.3721957309062934e-06, -6.298992138380055e-07,
        1.4280614206064242e-07, -2.0477098421990866e-10,
    ];

    private static ReadOnlySpan<double> C3 =>
    [
        0.0006494341563786008, 0.00022947209362139917, -0.0004691894943952557, 0.00026772063206283885, -7.561801671883977e-05,
        -2.396505113867297e-07, 1.1082654115347302e-05, -5.6749528269915965e-06,
    ];

    private const double RootTwoPi = 2.5066282746310002;

    /// <summary>Whether the expansion is exact enough at (a, x).</summary>
    public static bool Covers(double a, double x) => a > 1000 && Math.Abs(x - a) < 0.3 * a;

    /// <summary>The upper function Q, or the lower, P.</summary>
    public static double Invoke(double a, double x, bool upper)
    {
        var (_, eta, exponent) = Variables(a, x);
        var rest = Math.Exp(-exponent) / (RootTwoPi * Math.Sqrt(a)) * Sum(a, eta).Value;
        var argument = eta * Math.Sqrt(a / 2);
        return 0.5 * Lanes.Functions.Erfc.Double<ScalarLanes<double>, double>(upper ? argument : -argument) + (upper ? rest : -rest);
    }

    /// <summary>The derivative of Q in a, over the factor e^(-a·η²/2) / √(2πa).</summary>
    public static double ScaledGradient(double a, double x)
    {
        var (mu, eta, _) = Variables(a, x);
        var (value, slope, decay) = Sum(a, eta);
        var etaByA = -(Math.Abs(eta) < 1e-7 ? 1 + eta / 3 : mu / eta) / a;
        return -a * (etaByA + eta / (2 * a)) + Math.Log(x / a) * value - value / (2 * a) + slope * etaByA - decay;
    }

    private static (double Mu, double Eta, double Exponent) Variables(double a, double x)
    {
        var mu = (x - a) / a;
        var excess = GammaDensity.ExcessOverLog(mu);
        return (mu, Math.CopySign(Math.Sqrt(2 * excess), mu), a * excess);
    }

    /// <summary>Σ cₖ(η)·a^-k, its derivative in η, and Σ k·cₖ·a^-(k+1).</summary>
    private static (double Value, double Slope, double Decay) Sum(double a, double eta)
    {
        var (c0, d0) = Series(C0, eta);
        var (c1, d1) = Series(C1, eta);
        var (c2, d2) = Series(C2, eta);
        var (c3, d3) = Series(C3, eta);
        var t = 1 / a;
        return (c0 + t * (c1 + t * (c2 + t * c3)), d0 + t * (d1 + t * (d2 + t * d3)), t * t * (c1 + t * (2 * c2 + t * 3 * c3)));
    }

    private static (double Value, double Slope) Series(ReadOnlySpan<double> coefficients, double x)
    {
        double value = 0, slope = 0;
        for (var k = coefficients.Length - 1; k >= 0; k--)
        {
            slope = slope * x + value;
            value = value * x + coefficients[k];
        }
        return (value, slope);
    }
}
