using Engine.Ops.Lanes;

namespace Engine.Ops.SpecialFunctions;

/// <summary>The modified Bessel function K₀; +∞ at and below zero.</summary>
internal readonly struct BesselK0 : IScalarFunction<double>
{
    // K0(x) + log(x/2)·I0(x) in x² on [0, 4]
    private static ReadOnlySpan<double> Near =>
    [
        -0.2676636966169514, 0.3442898999246285, 0.0359799365153615, 0.001264615411446926, 2.286212103119452e-05,
        2.5347910790261494e-07, 1.904516377220209e-09, 1.0349695257633625e-11, 4.2598161427910826e-14, 1.3744654358807508e-16,
    ];

    public static double Invoke(double x)
    {
        if (x <= 0) return double.PositiveInfinity;
        return x <= 2 ? Near2(x) : BesselK0e.Invoke(x) * Math.Exp(-x);
    }

    /// <summary>The value for x in (0, 2].</summary>
    internal static double Near2(double x) => Chebyshev.Evaluate(Near, x * x, 0, 4) - Math.Log(x / 2) * BesselI0.Invoke(x);
}
