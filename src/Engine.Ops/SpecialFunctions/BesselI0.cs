using Engine.Ops.Lanes;

namespace Engine.Ops.SpecialFunctions;

/// <summary>The modified Bessel function I₀; NaN at ±∞, as TensorFlow answers.</summary>
internal readonly struct BesselI0 : IScalarFunction<double>
{
    public static double Invoke(double x)
    {
        if (double.IsInfinity(x)) return double.NaN;

        // In two steps: the exponential alone overflows before the product does.
        var root = Math.Exp(Math.Abs(x) / 2);
        return BesselI0e.Invoke(x) * root * root;
    }
}
