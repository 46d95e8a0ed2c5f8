namespace Engine.Ops.SpecialFunctions;

/// <summary>The common factor of the incomplete gamma functions, free of cancellation and overflow.</summary>
internal static class GammaDensity
{
    private const double RootTwoPi = 2.5066282746310002;

    /// <summary>xᵃ·e^-x / Γ(a + 1) for positive a and x.</summary>
    public static double Invoke(double a, double x)
    {
        if (a < 12) return SmallOrder(a, x);
        return Math.Exp(-a * ExcessOverLog((x - a) / a) - Lgamma.Remainder(a)) / (RootTwoPi * Math.Sqrt(a));
    }

    /// <summary>The logarithm of the factor.</summary>
    public static double Log(double a, double x)
    {
        if (a < 12) return a * Math.Log(x) - x - Lgamma.Invoke(a + 1);
        return -a * ExcessOverLog((x - a) / a) - Lgamma.Remainder(a) - Math.Log(RootTwoPi * Math.Sqrt(a));
    }

    /// <summary>μ - log(1 + μ), to all digits near zero.</summary>
    public static double ExcessOverLog(double mu)
    {
        if (Math.Abs(mu) > 0.4) return mu - Math.Log(1 + mu);

        // log(1 + μ) = 2·artanh s, s = μ / (2 + μ), and μ - 2·s = μ·s.
        double s = mu / (2 + mu), z = s * s, power = s * z, sum = 0;
        for (var k = 3; k < 40 && Math.Abs(power) > 1e-18 * Math.Abs(sum) * k; k += 2)
        {
            sum += power / k;
            power *= z;
        }
        return mu * s - 2 * sum;
    }

    private static double SmallOrder(double a, double x)
    {
        // Γ(a + 1) by recurrence to where its logarithm is small.
        var product = 1.0;
        var shifted = a + 1;
        while (shifted > 2.5)
        {
            shifted -= 1;
            product *= shifted;
        }
        var decay = Math.Exp(-x / 2);
        return decay == 0 ? 0 : decay * Math.Pow(x, a) * decay / (product * Math.Exp(Lgamma.Invoke(shifted)));
    }
}
