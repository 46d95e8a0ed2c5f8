using Engine.Ops.Lanes;

namespace Engine.Ops.SpecialFunctions;

/// <summary>The Fresnel sine integral, ∫₀ˣ sin(πt²/2) dt.</summary>
internal readonly struct FresnelSin : IScalarFunction<double>
{
    // the integral over x³ in x⁴ on [0, 1.6⁴]
    private static ReadOnlySpan<double> Near =>
    [
        0.3142743195347836, -0.18188587850106117, 0.025424557742876257, -0.0019214582098450639, 8.966525954745101e-05,
        -2.830802868181572e-06, 6.442546962604405e-08, -1.1068235106036057e-09, 1.4862338485609142e-11, -1.6028109554824476e-13,
        1.4188008517448966e-15, -1.0494270345038239e-17,
    ];

    public static double Invoke(double x)
    {
        var magnitude = Math.Abs(x);
        if (magnitude < Fresnel.Middle) return x * x * x * Chebyshev.Evaluate(Near, x * x * x * x, 0, 6.5536);
        return Math.CopySign(Fresnel.Far(magnitude, sine: true), x);
    }
}
