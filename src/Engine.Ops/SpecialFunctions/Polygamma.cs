using Engine.Ops.Lanes;

namespace Engine.Ops.SpecialFunctions;

/// <summary>The derivative of order n of the digamma function; NaN for orders that are no natural numbers.</summary>
internal readonly struct Polygamma : IScalarFunction2<double>
{
    public static double Invoke(double n, double x)
    {
        if (n < 0 || n != Math.Floor(n)) return double.NaN;
        if (n == 0) return Digamma.Invoke(x);
        var value = Factorial(n) * Zeta.Invoke(n + 1, x);
        return Math.IEEERemainder(n, 2) == 0 ? -value : value;
    }

    private static double Factorial(double n)
    {
        if (n > 170) return double.PositiveInfinity;
        var product = 1.0;
        for (var k = 2; k <= n; k++) product *= k;
        return product;
    }
}
