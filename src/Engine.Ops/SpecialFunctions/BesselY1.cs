using Engine.Ops.Lanes;

namespace Engine.Ops.SpecialFunctions;

/// <summary>The Bessel function Y₁; -∞ at and below zero, NaN at +∞.</summary>
internal readonly struct BesselY1 : IScalarFunction<double>
{
    // (Y1(x) - 2/π·(log x·J1(x) - 1/x)) / x in x² on [0, 64]
    private static ReadOnlySpan<double> Near =>
    [
        0.0025380132357417816, -0.01608717304766875, -0.09591204536083074, 0.08445197259652346, -0.028328123944594365,
        0.005289897544167113, -0.0006414551451326356, 5.505982873338744e-05, -3.53808001868935e-06, 1.7707804556154404e-07,
        -7.11055004989928e-09, 2.344337905911516e-10, -6.4651518414115946e-12, 1.51429151205002e-13, -3.0511859694473254e-15,
        5.34668038572867e-17, -8.224911372021585e-19,
    ];

    public static double Invoke(double x)
    {
        if (x <= 0) return double.NegativeInfinity;
        if (x > 8) return BesselPhase.Far(x, 1, second: true);
        return x * Chebyshev.Evaluate(Near, x * x, 0, 64) + 2 / Math.PI * (Math.Log(x) * BesselJ1.Invoke(x) - 1 / x);
    }
}
