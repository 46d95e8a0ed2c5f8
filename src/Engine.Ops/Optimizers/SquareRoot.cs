using System.Numerics;
using Engine.Tensors;

namespace Engine.Ops.Optimizers;

/// <summary>The square root for every type that optimizers train.</summary>
internal static class SquareRoot
{
    internal static T Of<T>(T x) where T : unmanaged, INumberBase<T>
    {
        if (typeof(T) == typeof(float))
            return (T)(object)MathF.Sqrt((float)(object)x);
        if (typeof(T) == typeof(double))
            return (T)(object)Math.Sqrt((double)(object)x);
        if (typeof(T) == typeof(Complex))
            return (T)(object)Complex.Sqrt((Complex)(object)x);
        if (typeof(T) == typeof(Complex64))
            return (T)(object)(Complex64)Complex.Sqrt((Complex)(Complex64)(object)x);
        return T.CreateTruncating(MathF.Sqrt(float.CreateTruncating(x)));
    }
}
