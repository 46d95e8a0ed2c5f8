using Engine.Ops.Lanes;

namespace Engine.Ops.SpecialFunctions;

/// <summary>The Fresnel cosine integral, ∫₀ˣ cos(πt²/2) dt.</summary>
internal readonly struct FresnelCos : IScalarFunction<double>
{
    // the integral over x in x⁴ on [0, 1.6⁴]
    private static ReadOnlySpan<double> Near =>
    [
        0.5282931311708557, -0.37676220250161824, 0.08537377549656906, -0.009010259972062552, 0.0005393127720408215,
        -2.075044934605623e-05, 5.564687021283882e-07, -1.0999812843114444e-08, 1.6696510396208076e-10, -2.00773053966069e-12,
        1.9601599749420958e-14, -1.5849094421108914e-16,
    ];

    public static double Invoke(double x)
    {
        var magnitude = Math.Abs(x);
        if (magnitude < Fresnel.Middle) return x * Chebyshev.Evaluate(Near, x * x * x * x, 0, 6.5536);
        return Math.CopySign(Fresnel.Far(magnitude, sine: false), x);
    }
}
