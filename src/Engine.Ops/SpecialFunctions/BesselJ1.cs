using Engine.Ops.Lanes;

namespace Engine.Ops.SpecialFunctions;

/// <summary>The Bessel function J₁; NaN at ±∞.</summary>
internal readonly struct BesselJ1 : IScalarFunction<double>
{
    // J1(x) / x in x² on [0, 64]
    private static ReadOnlySpan<double> Near =>
    [
        0.08104484632565812, -0.1489751450676521, 0.1609992623572097, -0.08268049176681791, 0.022213639654966037,
        -0.003646940600769276, 0.0004050337728354822, -3.255554866857259e-05, 1.9858774049915165e-06, -9.521984756750436e-08,
        3.687133759097148e-09, -1.178026622695885e-10, 3.160154580348003e-12, -7.221755239651773e-14, 1.4232144003513942e-15,
        -2.4441972916190464e-17,
    ];

    public static double Invoke(double x)
    {
        var magnitude = Math.Abs(x);
        if (magnitude <= 8) return x * Chebyshev.Evaluate(Near, x * x, 0, 64);
        return Math.CopySign(1, x) * BesselPhase.Far(magnitude, 1, second: false);
    }
}
