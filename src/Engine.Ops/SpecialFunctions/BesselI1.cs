using Engine.Ops.Lanes;

namespace Engine.Ops.SpecialFunctions;

/// <summary>The modified Bessel function I₁; NaN at ±∞, as TensorFlow answers.</summary>
internal readonly struct BesselI1 : IScalarFunction<double>
{
    public static double Invoke(double x)
    {
        if (double.IsInfinity(x)) return double.NaN;

        // In two steps: the exponential alone overflows before the product does.
        var root = Math.Exp(Math.Abs(x) / 2);
        return BesselI1e.Invoke(x) * root * root;
    }
}
