using Engine.Ops.Lanes;

namespace Engine.Ops.SpecialFunctions;

/// <summary>The Bessel function J₀; NaN at ±∞.</summary>
internal readonly struct BesselJ0 : IScalarFunction<double>
{
    // (J0(x) - 1) / x² in x² on [0, 64]
    private static ReadOnlySpan<double> Near =>
    [
        -0.07776620942974208, 0.1028904170766648, -0.0507936304408987, 0.015270507130341145, -0.0028783209368242035,
        0.0003653286390633404, -3.3196929515532644e-05, 2.263974309450187e-06, -1.2015449125992107e-07, 5.105224382472388e-09,
        -1.776392401581251e-10, 5.156343105600795e-12, -1.267917129310272e-13, 2.6755168109244325e-15, -4.898861188519179e-17,
        7.857851174346078e-19,
    ];

    public static double Invoke(double x)
    {
        var magnitude = Math.Abs(x);
        return magnitude <= 8 ? 1 + x * x * Chebyshev.Evaluate(Near, x * x, 0, 64) : BesselPhase.Far(magnitude, 0, second: false);
    }
}
