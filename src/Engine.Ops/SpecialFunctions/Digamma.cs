using Engine.Ops.Lanes;

namespace Engine.Ops.SpecialFunctions;

/// <summary>The logarithmic derivative of Γ; NaN at zero and the negative integers, where it has poles, and at -∞.</summary>
internal readonly struct Digamma : IScalarFunction<double>
{
    public static double Invoke(double x)
    {
        if (x <= 0)
        {
            if (x == Math.Floor(x)) return double.NaN;
            var r = x - Math.Round(x);
            return Invoke(1 - x) - Math.PI / Math.Tan(Math.PI * r);
        }
        if (double.IsPositiveInfinity(x)) return x;

        // ψ(x) = ψ(x + 1) - 1/x, up to where the asymptotic series is exact. The small terms are summed first.
        var steps = x < 12 ? (int)Math.Ceiling(12 - x) : 0;
        var sum = 0.0;
        for (var k = steps - 1; k >= 0; k--) sum += 1 / (x + k);
        return Asymptotic(x + steps) - sum;
    }

    private static double Asymptotic(double x)
    {
        var z = 1 / (x * x);
        var series = 1.0 / 12 - z * (1.0 / 120 - z * (1.0 / 252 - z * (1.0 / 240 - z * (1.0 / 132 - z * (691.0 / 32760 - z / 12)))));
        return Math.Log(x) - 0.5 / x - z * series;
    }
}
