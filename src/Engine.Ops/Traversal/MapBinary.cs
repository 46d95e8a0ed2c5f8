using System.Numerics;
using Engine.OpModel;
using Engine.Tensors;

namespace Engine.Ops.Traversal;

/// <summary>Kernels that combine two broadcast inputs element by element.</summary>
internal static class MapBinary
{
    /// <summary>A float body for float32, float64, float16 and bfloat16 (computed in float32); null for other types.</summary>
    internal static Kernel? Float<TBody>(DType type, int cost = 8) where TBody : struct, IFloatBody2 => type switch
    {
        DType.Float32 => new BinaryKernel<FloatLoop2<TBody, float>, float, float>(cost),
        DType.Float64 => new BinaryKernel<FloatLoop2<TBody, double>, double, double>(2 * cost),
        DType.Float16 => new BinaryKernel<NarrowLoop2<FloatLoop2<TBody, float>, Half>, Half, Half>(cost + 2),
        DType.BFloat16 => new BinaryKernel<NarrowLoop2<FloatLoop2<TBody, float>, BFloat16>, BFloat16, BFloat16>(cost + 2),
        _ => null,
    };

    /// <summary>A number body for all floats and integers; null for other types.</summary>
    internal static Kernel? Number<TBody>(DType type, int cost = 2) where TBody : struct, INumberBody2 => type switch
    {
        DType.Float32 => new BinaryKernel<NumberLoop2<TBody, float>, float, float>(cost),
        DType.Float64 => new BinaryKernel<NumberLoop2<TBody, double>, double, double>(cost),
        DType.Float16 => new BinaryKernel<NarrowLoop2<NumberLoop2<TBody, float>, Half>, Half, Half>(cost + 2),
        DType.BFloat16 => new BinaryKernel<NarrowLoop2<NumberLoop2<TBody, float>, BFloat16>, BFloat16, BFloat16>(cost + 2),
        DType.Int8 => new BinaryKernel<NumberLoop2<TBody, sbyte>, sbyte, sbyte>(cost),
        DType.UInt8 => new BinaryKernel<NumberLoop2<TBody, byte>, byte, byte>(cost),
        DType.Int16 => new BinaryKernel<NumberLoop2<TBody, short>, short, short>(cost),
        DType.UInt16 => new BinaryKernel<NumberLoop2<TBody, ushort>, ushort, ushort>(cost),
        DType.Int32 => new BinaryKernel<NumberLoop2<TBody, int>, int, int>(cost),
        DType.UInt32 => new BinaryKernel<NumberLoop2<TBody, uint>, uint, uint>(cost),
        DType.Int64 => new BinaryKernel<NumberLoop2<TBody, long>, long, long>(cost),
        DType.UInt64 => new BinaryKernel<NumberLoop2<TBody, ulong>, ulong, ulong>(cost),
        _ => null,
    };

    /// <summary>A scalar body for complex64 and complex128; null for other types.</summary>
    internal static Kernel? Complex<TBody64, TBody128>(DType type, int cost = 8)
        where TBody64 : struct, IScalarBody2<Complex64, Complex64> where TBody128 : struct, IScalarBody2<Complex, Complex> => type switch
        {
            DType.Complex64 => new BinaryKernel<ScalarLoop2<TBody64, Complex64, Complex64>, Complex64, Complex64>(cost),
            DType.Complex128 => new BinaryKernel<ScalarLoop2<TBody128, Complex, Complex>, Complex, Complex>(cost),
            _ => null,
        };

    /// <summary>A scalar body from one element type to another.</summary>
    internal static Kernel Scalar<TBody, TIn, TOut>(int cost = 4) where TBody : struct, IScalarBody2<TIn, TOut> where TIn : unmanaged where TOut : unmanaged
        => new BinaryKernel<ScalarLoop2<TBody, TIn, TOut>, TIn, TOut>(cost);

    /// <summary>A number body on truth values, which are bytes of 0 or 1.</summary>
    internal static Kernel Bool<TBody>() where TBody : struct, INumberBody2 => new BinaryKernel<NumberLoop2<TBody, byte>, byte, byte>(1);

    /// <summary>A float32 loop for 16-bit floats.</summary>
    internal static Kernel Narrow<TLoop, TNarrow>(int cost) where TLoop : struct, IBinaryLoop<float, float> where TNarrow : unmanaged
        => new BinaryKernel<NarrowLoop2<TLoop, TNarrow>, TNarrow, TNarrow>(cost + 2);
}
