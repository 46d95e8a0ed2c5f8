using Engine.Ops.Lanes;

namespace Engine.Ops.SpecialFunctions;

/// <summary>The logarithm of |Γ(x)|; +∞ at zero, the negative integers and ±∞.</summary>
internal readonly struct Lgamma : IScalarFunction<double>
{
    // log Γ(2 + y) / y on [-½, ½]
    private static ReadOnlySpan<double> AroundTwo =>
    [
        0.41418612492156676, 0.16322170068760064, -0.008658972394126285, 0.0006727515726001485, -6.139556963628233e-05,
        6.110065797003576e-06, -6.410003033826223e-07, 6.962242692768951e-08, -7.747248733788217e-09, 8.774075140687239e-10,
        -1.0070266869830198e-10, 1.1678602130652374e-11, -1.3656871334744932e-12, 1.6079351149711552e-13, -1.9039501088488732e-14,
        2.2653768767833064e-15, -2.706656814831896e-16, 3.245660731626191e-17, -3.904483378457447e-18,
    ];

    public static double Invoke(double x)
    {
        if (double.IsInfinity(x) || x <= 0 && x == Math.Floor(x)) return double.PositiveInfinity;
        if (x < 0.5)
        {
            // Γ(x)·Γ(1 - x) = π / sin πx; the sine of the exact distance to the nearest integer.
            if (x < 0) return Math.Log(Math.PI / Math.Abs(Math.Sin(Math.PI * (x - Math.Round(x))))) - Invoke(1 - x);
            return Near(x) - Lanes.Functions.Log1p.Double<ScalarLanes<double>, double>(x) - Math.Log(x);
        }
        if (x < 1.5) return Near(x - 1) - Lanes.Functions.Log1p.Double<ScalarLanes<double>, double>(x - 1);
        if (x < 12)
        {
            var product = 1.0;
            while (x >= 2.5)
            {
                x -= 1;
                product *= x;
            }
            return Near(x - 2) + Math.Log(product);
        }
        return Stirling(x);
    }

    /// <summary>log Γ(2 + y) for |y| ≤ ½.</summary>
    private static double Near(double y) => y * Chebyshev.Evaluate(AroundTwo, y, -0.5, 0.5);

    private static double Stirling(double x) => x > 1e17
        ? x * (Math.Log(x) - 1)
        : (x - 0.5) * Math.Log(x) - x + 0.9189385332046728 + Remainder(x);

    /// <summary>log Γ(x) - ((x - ½)·log x - x + ½·log 2π), for x ≥ 12.</summary>
    internal static double Remainder(double x)
    {
        double r = 1 / x, z = r * r;
        var sum = -3617.0 / 122400;
        sum = sum * z + 1.0 / 156;
        sum = sum * z - 691.0 / 360360;
        sum = sum * z + 1.0 / 1188;
        sum = sum * z - 1.0 / 1680;
        sum = sum * z + 1.0 / 1260;
        sum = sum * z - 1.0 / 360;
        sum = sum * z + 1.0 / 12;
        return sum * r;
    }
}
