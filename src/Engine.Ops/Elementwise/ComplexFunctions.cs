using System.Numerics;

namespace Engine.Ops.Elementwise;

/// <summary>Elementary functions of complex numbers, exact near zero where .NET's lose digits, with C's branch cuts.</summary>
internal static class ComplexFunctions
{
    internal static Complex Sqrt(Complex x)
    {
        if (x == Complex.Zero)
            return new(0, x.Imaginary);
        var r = Complex.Sqrt(x);
        // The sign of zero chooses the side of the cut along the negative axis.
        return double.IsNegative(r.Imaginary) == double.IsNegative(x.Imaginary) ? r : new(r.Real, -r.Imaginary);
    }

    internal static Complex Exp(Complex x)
    {
        var scale = Math.Exp(x.Real);
        return x.Imaginary == 0 ? new(scale, x.Imaginary) : new(scale * Math.Cos(x.Imaginary), scale * Math.Sin(x.Imaginary));
    }

    internal static Complex Expm1(Complex x)
    {
        // exp(a) cos(b) - 1 = expm1(a) cos(b) - 2 sin²(b/2)
        var half = Math.Sin(x.Imaginary / 2);
        return new(Scalar.Expm1(x.Real) * Math.Cos(x.Imaginary) - 2 * half * half, Math.Exp(x.Real) * Math.Sin(x.Imaginary));
    }

    internal static Complex Log(Complex x) => new(LogMagnitude(x), Math.Atan2(x.Imaginary, x.Real));

    internal static Complex Log1p(Complex x)
    {
        var (a, b) = (x.Real, x.Imaginary);
        // |1 + z|² - 1 = a (2 + a) + b²
        var real = Math.Abs(a) < 0.5 && Math.Abs(b) < 0.5 ? 0.5 * Scalar.Log1p(a * (2 + a) + b * b) : LogMagnitude(new(1 + a, b));
        return new(real, Math.Atan2(b, 1 + a));
    }

    internal static Complex Sin(Complex x) => new(Math.Sin(x.Real) * Math.Cosh(x.Imaginary), Math.Cos(x.Real) * Math.Sinh(x.Imaginary));

    internal static Complex Cos(Complex x) => new(Math.Cos(x.Real) * Math.Cosh(x.Imaginary), -Math.Sin(x.Real) * Math.Sinh(x.Imaginary));

    internal static Complex Tan(Complex x) => OverI(Tanh(TimesI(x)));

    internal static Complex Sinh(Complex x) => new(Math.Sinh(x.Real) * Math.Cos(x.Imaginary), Math.Cosh(x.Real) * Math.Sin(x.Imaginary));

    internal static Complex Cosh(Complex x) => new(Math.Cosh(x.Real) * Math.Cos(x.Imaginary), Math.Sinh(x.Real) * Math.Sin(x.Imaginary));

    internal static Complex Tanh(Complex x)
    {
        // Kahan, Branch Cuts for Complex Elementary Functions, 1987; beyond 20 the quotient is ±1.
        if (Math.Abs(x.Real) > 20)
            return new(Math.CopySign(1, x.Real), 4 * Math.Sin(x.Imaginary) * Math.Cos(x.Imaginary) * Math.Exp(-2 * Math.Abs(x.Real)));
        var t = Math.Tan(x.Imaginary);
        var beta = 1 + t * t;
        var s = Math.Sinh(x.Real);
        var rho = Math.Sqrt(1 + s * s);
        if (double.IsInfinity(t))
            return new(rho / s, 1 / t);
        var d = 1 + beta * s * s;
        return new(beta * rho * s / d, t / d);
    }

    internal static Complex Asin(Complex x)
    {
        // Kahan's formulas keep both parts exact and the cuts right.
        var (p, q) = (Sqrt(new(1 - x.Real, -x.Imaginary)), Sqrt(new(1 + x.Real, x.Imaginary)));
        return new(Math.Atan2(x.Real, (p * q).Real), Scalar.Asinh((Complex.Conjugate(p) * q).Imaginary));
    }

    internal static Complex Acos(Complex x)
    {
        var (p, q) = (Sqrt(new(1 - x.Real, -x.Imaginary)), Sqrt(new(1 + x.Real, x.Imaginary)));
        return new(2 * Math.Atan2(p.Real, q.Real), Scalar.Asinh((Complex.Conjugate(q) * p).Imaginary));
    }

    internal static Complex Atan(Complex x) => OverI(Atanh(TimesI(x)));

    internal static Complex Asinh(Complex x) => OverI(Asin(TimesI(x)));

    internal static Complex Acosh(Complex x)
    {
        var (p, q) = (Sqrt(new(x.Real - 1, x.Imaginary)), Sqrt(new(x.Real + 1, x.Imaginary)));
        return new(Scalar.Asinh((Complex.Conjugate(p) * q).Real), 2 * Math.Atan2(p.Imaginary, q.Real));
    }

    internal static Complex Atanh(Complex x)
    {
        var (a, b) = (x.Real, x.Imaginary);
        // |1 + z|² / |1 - z|² = 1 + 4a / ((1 - a)² + b²)
        var real = 0.25 * Scalar.Log1p(4 * a / ((1 - a) * (1 - a) + b * b));
        return new(real, 0.5 * Math.Atan2(2 * b, (1 - a) * (1 + a) - b * b));
    }

    private static Complex TimesI(Complex x) => new(-x.Imaginary, x.Real);

    private static Complex OverI(Complex x) => new(x.Imaginary, -x.Real);

    private static double LogMagnitude(Complex x)
    {
        var (a, b) = (Math.Abs(x.Real), Math.Abs(x.Imaginary));
        var (high, low) = a > b ? (a, b) : (b, a);
        // Near the unit circle the logarithm of the square is exact where that of the root is not.
        return high is > 0.5 and < 1.5 ? 0.5 * Scalar.Log1p((high - 1) * (high + 1) + low * low) : Math.Log(Complex.Abs(x));
    }

    // The real functions that Math lacks, from the lanes.
    private static class Scalar
    {
        internal static double Expm1(double x) => Lanes.ScalarLanes<double>.Expm1(x);

        internal static double Log1p(double x) => Lanes.ScalarLanes<double>.Log1p(x);

        internal static double Asinh(double x) => Math.Asinh(x);
    }
}
