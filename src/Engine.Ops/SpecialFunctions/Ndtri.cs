using Engine.Ops.Lanes;

namespace Engine.Ops.SpecialFunctions;

/// <summary>The quantile of the standard normal distribution; ∓∞ at 0 and 1, NaN outside.</summary>
internal readonly struct Ndtri : IScalarFunction<double>
{
    private const double Root2 = 1.4142135623730951;

    public static double Invoke(double p)
    {
        if (!(p >= 0 && p <= 1)) return double.NaN;
        if (p < 0.25) return -Root2 * Erfinv.OfComplement(2 * p);
        if (p > 0.75) return Root2 * Erfinv.OfComplement(2 * (1 - p));
        return Root2 * Erfinv.Invoke(2 * p - 1);
    }
}
