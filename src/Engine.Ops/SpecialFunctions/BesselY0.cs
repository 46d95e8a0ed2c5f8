using Engine.Ops.Lanes;

namespace Engine.Ops.SpecialFunctions;

/// <summary>The Bessel function Y₀; -∞ at and below zero, NaN at +∞.</summary>
internal readonly struct BesselY0 : IScalarFunction<double>
{
    // Y0(x) - 2/π·log x·J0(x) in x² on [0, 64]
    private static ReadOnlySpan<double> Near =>
    [
        -0.03314611320328494, -0.2744743055297453, 0.17903431407718265, 0.26156734625504663, -0.17730201278114358,
        0.04719668959576339, -0.007287962479552079, 0.0007531135932577742, -5.632079141056987e-05, 3.206532537654801e-06,
        -1.44072332740187e-07, 5.248794787330516e-09, -1.5837552541812015e-10, 4.02633081830612e-12, -8.747341203310769e-14,
        1.6434898714919468e-15, -2.6977881152566837e-17,
    ];

    public static double Invoke(double x)
    {
        if (x <= 0) return double.NegativeInfinity;
        if (x > 8) return BesselPhase.Far(x, 0, second: true);
        return Chebyshev.Evaluate(Near, x * x, 0, 64) + 2 / Math.PI * Math.Log(x) * BesselJ0.Invoke(x);
    }
}
