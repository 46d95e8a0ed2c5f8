using Engine.OpModel;
using Engine.Ops.Lanes;

namespace Engine.Ops.Traversal;

/// <summary>Kernels of functions that exist in double alone and are called element by element.</summary>
internal static class MapSpecial
{
    private const int Cost = 150;

    /// <summary>A function of one number for float32 and float64; null for other types.</summary>
    internal static Kernel? Unary<TFunction>(DType type) where TFunction : struct, IScalarFunction<double> => type switch
    {
        DType.Float32 => MapUnary.Scalar<Body<TFunction>, float, float>(Cost),
        DType.Float64 => MapUnary.Scalar<Body<TFunction>, double, double>(Cost),
        _ => null,
    };

    /// <summary>A function of one number for float16, float32 and float64; null for other types.</summary>
    internal static Kernel? UnaryWithHalf<TFunction>(DType type) where TFunction : struct, IScalarFunction<double>
        => type == DType.Float16 ? MapUnary.Scalar<Body<TFunction>, Half, Half>(Cost) : Unary<TFunction>(type);

    /// <summary>A function of two numbers for float32 and float64; null for other types.</summary>
    internal static Kernel? Binary<TFunction>(DType type) where TFunction : struct, IScalarFunction2<double> => type switch
    {
        DType.Float32 => MapBinary.Scalar<Body2<TFunction>, float, float>(Cost),
        DType.Float64 => MapBinary.Scalar<Body2<TFunction>, double, double>(Cost),
        _ => null,
    };

    private readonly struct Body<TFunction> : IScalarBody<Half, Half>, IScalarBody<float, float>, IScalarBody<double, double> where TFunction : struct, IScalarFunction<double>
    {
        public static Half Invoke(Half x) => (Half)TFunction.Invoke((double)x);

        public static float Invoke(float x) => (float)TFunction.Invoke(x);

        public static double Invoke(double x) => TFunction.Invoke(x);
    }

    private readonly struct Body2<TFunction> : IScalarBody2<float, float>, IScalarBody2<double, double> where TFunction : struct, IScalarFunction2<double>
    {
        public static float Invoke(float x, float y) => (float)TFunction.Invoke(x, y);

        public static double Invoke(double x, double y) => TFunction.Invoke(x, y);
    }
}
