using Engine.Ops.Lanes;

namespace Engine.Ops.SpecialFunctions;

/// <summary>The modified Bessel function K₀, times eˣ; +∞ at and below zero.</summary>
internal readonly struct BesselK0e : IScalarFunction<double>
{
    // K0(x)·eˣ·√x in 1/x on [0, 1/2]
    private static ReadOnlySpan<double> Far =>
    [
        1.2201515410329777, -0.0314481013119645, 0.0015698838857300533, -0.00012849549581627802, 1.39498137188765e-05,
        -1.8317555227191195e-06, 2.766813639445015e-07, -4.660489897687948e-08, 8.574034017414225e-09, -1.6975345093890614e-09,
        3.5773972814003283e-10, -7.957489244477396e-11, 1.8559491149549264e-11, -4.514597883374519e-12, 1.1403405882073441e-12,
        -2.9800969231481784e-13, 8.032890775068375e-14, -2.2275133267462965e-14, 6.340076476276646e-15, -1.848593377920907e-15,
        5.5120559994043335e-16, -1.6782311257549006e-16, 5.2103917776435543e-17, -1.6475805939842632e-17, 5.3004337711773354e-18,
    ];

    public static double Invoke(double x)
    {
        if (x <= 0) return double.PositiveInfinity;
        return x <= 2 ? BesselK0.Near2(x) * Math.Exp(x) : Chebyshev.Evaluate(Far, 1 / x, 0, 0.5) / Math.Sqrt(x);
    }
}
