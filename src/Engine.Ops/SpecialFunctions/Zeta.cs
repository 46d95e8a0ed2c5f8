using Engine.Ops.Lanes;

namespace Engine.Ops.SpecialFunctions;

/// <summary>Hurwitz's zeta function, Σ (q + k)^-x over k ≥ 0.</summary>
internal readonly struct Zeta : IScalarFunction2<double>
{
    // B₂ₖ / (2k)!, the coefficients of the Euler-Maclaurin sum.
    private static ReadOnlySpan<double> Bernoulli =>
    [
        1.0 / 12, -1.0 / 720, 1.0 / 30240, -1.0 / 1209600, 1.0 / 47900160, -691.0 / 1307674368000, 1.0 / 74724249600,
        -3617.0 / 10670622842880000, 43867.0 / 5109094217170944000,
    ];

    private const int Terms = 10;

    public static double Invoke(double x, double q)
    {
        if (x == 1) return double.PositiveInfinity;
        if (x < 1) return double.NaN;
        if (double.IsNaN(x) || double.IsNaN(q)) return double.NaN;
        if (double.IsInfinity(x)) return q == 1 ? 1 : q > 1 ? 0 : q > 0 ? double.PositiveInfinity : double.NaN;
        if (q <= 0)
        {
            var isInteger = x == Math.Floor(x);
            var isEven = isInteger && Math.IEEERemainder(x, 2) == 0;
            if (q == Math.Floor(q)) return isEven ? double.PositiveInfinity : double.NaN;
            return isInteger ? Negative(x, q, isEven) : double.NaN;
        }
        return Positive(x, q);
    }

    /// <summary>For negative q and integer x: the sum over all integers repeats with period one; less the part below q.</summary>
    private static double Negative(double x, double q, bool isEven)
    {
        if (q > -64)
        {
            var sum = 0.0;
            for (; q < 0; q++) sum += Math.Pow(q, -x);
            return sum + Positive(x, q);
        }
        var fraction = q - Math.Floor(q);
        var below = Positive(x, 1 - fraction) - Positive(x, 1 - q);
        return Positive(x, fraction) + (isEven ? below : -below);
    }

    private static double Positive(double x, double q)
    {
        if (double.IsInfinity(q)) return 0;
        var sum = 0.0;
        for (var k = 0; k < Terms; k++)
        {
            var term = Math.Pow(q + k, -x);
            sum += term;
            if (term < sum * 1e-18) return sum;
        }

        // The rest as an integral with corrections.
        var a = q + Terms;
        var power = Math.Pow(a, -x);
        sum += power * a / (x - 1) + 0.5 * power;
        var factor = x * power / a;
        for (var k = 0; k < Bernoulli.Length; k++)
        {
            var term = Bernoulli[k] * factor;
            sum += term;
            if (Math.Abs(term) < Math.Abs(sum) * 1e-18) break;
            factor *= (x + 2 * k + 1) / a * ((x + 2 * k + 2) / a);
        }
        return sum;
    }
}
