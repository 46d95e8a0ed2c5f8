using System.Numerics;

namespace Engine.Ops.LinearAlgebra;

/// <summary>What decompositions need of numbers beyond arithmetic, for double and Complex.</summary>
internal static class Field<T>
    where T : unmanaged, INumberBase<T>
{
    internal static T Conjugate(T value) => typeof(T) == typeof(Complex) ? (T)(object)Complex.Conjugate((Complex)(object)value) : value;

    internal static double Real(T value) => typeof(T) == typeof(Complex) ? ((Complex)(object)value).Real : (double)(object)value;

    internal static double Magnitude(T value) => typeof(T) == typeof(Complex) ? Complex.Abs((Complex)(object)value) : Math.Abs((double)(object)value);

    /// <summary>The square of the magnitude.</summary>
    internal static double Norm(T value)
    {
        if (typeof(T) != typeof(Complex))
            return (double)(object)value * (double)(object)value;
        var z = (Complex)(object)value;
        return z.Real * z.Real + z.Imaginary * z.Imaginary;
    }

    internal static T Of(double value) => typeof(T) == typeof(Complex) ? (T)(object)new Complex(value, 0) : (T)(object)value;
}
