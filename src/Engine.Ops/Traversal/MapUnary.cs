using System.Numerics;
using Engine.OpModel;
using Engine.Tensors;

namespace Engine.Ops.Traversal;

/// <summary>Kernels that apply a body to each element.</summary>
internal static class MapUnary
{
    /// <summary>A float body for float32, float64, float16 and bfloat16 (computed in float32); null for other types.</summary>
    internal static Kernel? Float<TBody>(DType type, int cost = 8) where TBody : struct, IFloatBody => type switch
    {
        DType.Float32 => new UnaryKernel<FloatLoop<TBody, float>, float, float>(cost),
        DType.Float64 => new UnaryKernel<FloatLoop<TBody, double>, double, double>(2 * cost),
        DType.Float16 => new UnaryKernel<NarrowLoop<FloatLoop<TBody, float>, Half>, Half, Half>(cost + 2),
        DType.BFloat16 => new UnaryKernel<NarrowLoop<FloatLoop<TBody, float>, BFloat16>, BFloat16, BFloat16>(cost + 2),
        _ => null,
    };

    /// <summary>A number body for all floats and integers; null for other types.</summary>
    internal static Kernel? Number<TBody>(DType type, int cost = 2) where TBody : struct, INumberBody => type switch
    {
        DType.Float32 => new UnaryKernel<NumberLoop<TBody, float>, float, float>(cost),
        DType.Float64 => new UnaryKernel<NumberLoop<TBody, double>, double, double>(cost),
        DType.Float16 => new UnaryKernel<NarrowLoop<NumberLoop<TBody, float>, Half>, Half, Half>(cost + 2),
        DType.BFloat16 => new UnaryKernel<NarrowLoop<NumberLoop<TBody, float>, BFloat16>, BFloat16, BFloat16>(cost + 2),
        DType.Int8 => new UnaryKernel<NumberLoop<TBody, sbyte>, sbyte, sbyte>(cost),
        DType.UInt8 => new UnaryKernel<NumberLoop<TBody, byte>, byte, byte>(cost),
        DType.Int16 => new UnaryKernel<NumberLoop<TBody, short>, short, short>(cost),
        DType.UInt16 => new UnaryKernel<NumberLoop<TBody, ushort>, ushort, ushort>(cost),
        DType.Int32 => new UnaryKernel<NumberLoop<TBody, int>, int, int>(cost),
        DType.UInt32 => new UnaryKernel<NumberLoop<TBody, uint>, uint, uint>(cost),
        DType.Int64 => new UnaryKernel<NumberLoop<TBody, long>, long, long>(cost),
        DType.UInt64 => new UnaryKernel<NumberLoop<TBody, ulong>, ulong, ulong>(cost),
        _ => null,
    };

    /// <summary>A scalar body for complex64 and complex128, computed in double; null for other types.</summary>
    internal static Kernel? Complex<TBody>(DType type, int cost = 60) where TBody : struct, IScalarBody<Complex, Complex> => type switch
    {
        DType.Complex64 => new UnaryKernel<ScalarLoop<ThroughDouble<TBody>, Complex64, Complex64>, Complex64, Complex64>(cost),
        DType.Complex128 => new UnaryKernel<ScalarLoop<TBody, Complex, Complex>, Complex, Complex>(cost),
        _ => null,
    };

    /// <summary>A scalar body from one element type to another.</summary>
    internal static Kernel Scalar<TBody, TIn, TOut>(int cost = 10) where TBody : struct, IScalarBody<TIn, TOut> where TIn : unmanaged where TOut : unmanaged
        => new UnaryKernel<ScalarLoop<TBody, TIn, TOut>, TIn, TOut>(cost);

    /// <summary>A number body on truth values, which are bytes of 0 or 1.</summary>
    internal static Kernel Bool<TBody>() where TBody : struct, INumberBody => new UnaryKernel<NumberLoop<TBody, byte>, byte, byte>(1);

    /// <summary>A property of floats, as truth values; null for other types.</summary>
    /// <typeparam name="TBody">Answers with a mask.</typeparam>
    internal static Kernel? FloatTest<TBody>(DType type) where TBody : struct, INumberBody => type switch
    {
        DType.Float32 => new UnaryKernel<FloatTestLoop<CompareLoop<FirstOf<TBody>, float>, float>, float, byte>(1),
        DType.Float64 => new UnaryKernel<FloatTestLoop<CompareLoop<FirstOf<TBody>, double>, double>, double, byte>(2),
        DType.Float16 => new UnaryKernel<FloatTestLoop<NarrowInputLoop2<CompareLoop<FirstOf<TBody>, float>, Half, byte>, Half>, Half, byte>(3),
        DType.BFloat16 => new UnaryKernel<FloatTestLoop<NarrowInputLoop2<CompareLoop<FirstOf<TBody>, float>, BFloat16, byte>, BFloat16>, BFloat16, byte>(3),
        _ => null,
    };

    private readonly struct ThroughDouble<TBody> : IScalarBody<Complex64, Complex64> where TBody : struct, IScalarBody<Complex, Complex>
    {
        public static Complex64 Invoke(Complex64 x) => (Complex64)TBody.Invoke(x);
    }
}
