using Engine.Ops.Lanes;

namespace Engine.Ops.SpecialFunctions;

/// <summary>The modified Bessel function K₁; +∞ at and below zero.</summary>
internal readonly struct BesselK1 : IScalarFunction<double>
{
    // (K1(x) - log(x/2)·I1(x) - 1/x) / x in x² on [0, 4]
    private static ReadOnlySpan<double> Near =>
    [
        -0.06409034516866254, -0.10916919599320105, -0.006636878452817714, -0.00016822792382067343, -2.389559180803608e-06,
        -2.1853569024549695e-08, -1.3982271326113327e-10, -6.618562752976041e-13, -2.4134516242987822e-15, -6.990873731242567e-18,
    ];

    public static double Invoke(double x)
    {
        if (x <= 0) return double.PositiveInfinity;
        return x <= 2 ? Near2(x) : BesselK1e.Invoke(x) * Math.Exp(-x);
    }

    /// <summary>The value for x in (0, 2].</summary>
    internal static double Near2(double x) => 1 / x + x * Chebyshev.Evaluate(Near, x * x, 0, 4) + Math.Log(x / 2) * BesselI1.Invoke(x);
}
