namespace Engine.Ops.SpecialFunctions;

/// <summary>Chebyshev series, summed by Clenshaw's recurrence.</summary>
internal static class Chebyshev
{
    /// <summary>The series on [<paramref name="from"/>, <paramref name="to"/>], at x in it.</summary>
    public static double Evaluate(ReadOnlySpan<double> coefficients, double x, double from, double to)
    {
        var t = (2 * x - from - to) / (to - from);
        double next = 0, afterNext = 0;
        for (var k = coefficients.Length - 1; k > 0; k--) (next, afterNext) = (2 * t * next - afterNext + coefficients[k], next);
        return t * next - afterNext + coefficients[0];
    }
}
