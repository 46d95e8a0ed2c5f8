using Engine.Ops.Lanes;

namespace Engine.Ops.SpecialFunctions;

/// <summary>The inverse of the error function; ±∞ at ±1, NaN beyond.</summary>
internal readonly struct Erfinv : IScalarFunction<double>
{
    public static double Invoke(double x)
    {
        var magnitude = Math.Abs(x);
        if (!(magnitude <= 1)) return double.NaN;
        if (x == 0) return x;
        return Math.CopySign(magnitude <= 0.5 ? Near(magnitude) : OfComplement(1 - magnitude), x);
    }

    /// <summary>The y with erfc y = <paramref name="q"/>, for q in [0, ½].</summary>
    internal static double OfComplement(double q)
    {
        if (q == 0) return double.PositiveInfinity;

        // The leading terms of the inverse, good to a few per mille, then Halley's steps, which triple the digits each.
        var s = Math.Sqrt(-2 * Math.Log(q / 2));
        var y = (s - (2.30753 + 0.27061 * s) / (1 + s * (0.99229 + 0.04481 * s))) * 0.7071067811865476;
        for (var step = 0; step < 3; step++)
        {
            var slope = -1.1283791670955126 * Math.Exp(-y * y);
            if (slope == 0) break;
            var error = (Erfc(y) - q) / slope;
            y -= error / (1 + y * error);
        }
        return y;
    }

    private static double Near(double x)
    {
        // erf⁻¹ x = √π/2·(x + π/12·x³ + 7π²/480·x⁵ + …).
        double z = x * x * Math.PI;
        var y = 0.886226925452758 * x * (1 + z * (1.0 / 12 + z * (7.0 / 480 + z * 127 / 40320)));
        for (var step = 0; step < 3; step++)
        {
            var error = (Erf(y) - x) / (1.1283791670955126 * Math.Exp(-y * y));
            y -= error / (1 + y * error);
        }
        return y;
    }

    private static double Erf(double x) => Lanes.Functions.Erf.Double<ScalarLanes<double>, double>(x);

    private static double Erfc(double x) => Lanes.Functions.Erfc.Double<ScalarLanes<double>, double>(x);
}
