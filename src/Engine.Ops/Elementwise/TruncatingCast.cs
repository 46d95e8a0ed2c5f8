using System.Runtime.CompilerServices;
using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Elementwise;

/// <summary>Conversions between floats that drop the mantissa bits which the destination lacks instead of rounding.</summary>
internal static class TruncatingCast
{
    /// <summary>The kernel; null for pairs that TensorFlow rounds in spite of the attribute.</summary>
    internal static OpModel.Kernel? Kernel(DType from, DType to) => (from, to) switch
    {
        (DType.Float64, DType.Float32) => MapUnary.Scalar<OfDouble<float>, double, float>(2),
        (DType.Float64, DType.Float16) => MapUnary.Scalar<OfDouble<Half>, double, Half>(2),
        (DType.Float64, DType.Float8E5M2) => MapUnary.Scalar<OfDouble<Float8E5M2>, double, Float8E5M2>(4),
        (DType.Float64, DType.Float8E4M3FN) => MapUnary.Scalar<OfDouble<Float8E4M3FN>, double, Float8E4M3FN>(4),
        (DType.Float32, DType.Float16) => MapUnary.Scalar<OfSingle<Half>, float, Half>(2),
        (DType.Float32, DType.BFloat16) => MapUnary.Scalar<OfSingle<BFloat16>, float, BFloat16>(2),
        (DType.Float32, DType.Float8E5M2) => MapUnary.Scalar<OfSingle<Float8E5M2>, float, Float8E5M2>(4),
        (DType.Float32, DType.Float8E4M3FN) => MapUnary.Scalar<OfSingle<Float8E4M3FN>, float, Float8E4M3FN>(4),
        (DType.Float16, DType.Float8E5M2) => MapUnary.Scalar<OfNarrow<Half, Float8E5M2>, Half, Float8E5M2>(4),
        (DType.Float16, DType.Float8E4M3FN) => MapUnary.Scalar<OfNarrow<Half, Float8E4M3FN>, Half, Float8E4M3FN>(4),
        (DType.BFloat16, DType.Float8E5M2) => MapUnary.Scalar<OfNarrow<BFloat16, Float8E5M2>, BFloat16, Float8E5M2>(4),
        (DType.BFloat16, DType.Float8E4M3FN) => MapUnary.Scalar<OfNarrow<BFloat16, Float8E4M3FN>, BFloat16, Float8E4M3FN>(4),
        (DType.Complex64, DType.Float16) => MapUnary.Scalar<OfComplex64<Half>, Complex64, Half>(2),
        (DType.Complex128, DType.Float32) => MapUnary.Scalar<OfComplex128<float>, System.Numerics.Complex, float>(2),
        (DType.Complex128, DType.Float16) => MapUnary.Scalar<OfComplex128<Half>, System.Numerics.Complex, Half>(2),
        (DType.Complex128, DType.Complex64) => MapUnary.Scalar<ToComplex64, System.Numerics.Complex, Complex64>(4),
        _ => null,
    };

    private static int MantissaBits<T>() => typeof(T) == typeof(float) ? 23 : typeof(T) == typeof(Half) ? 10
        : typeof(T) == typeof(BFloat16) ? 7 : typeof(T) == typeof(Float8E4M3FN) ? 3 : 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Cut<TOut>(double x)
        => double.IsNaN(x) ? x : BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(x) & (ulong.MaxValue << (52 - MantissaBits<TOut>())));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Cut<TOut>(float x)
        => float.IsNaN(x) ? x : BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(x) & (uint.MaxValue << (23 - MantissaBits<TOut>())));

    private readonly struct OfDouble<TOut> : IScalarBody<double, TOut> where TOut : unmanaged
    {
        public static TOut Invoke(double x) => Conversion.Convert<double, TOut>(Cut<TOut>(x));
    }

    private readonly struct OfSingle<TOut> : IScalarBody<float, TOut> where TOut : unmanaged
    {
        public static TOut Invoke(float x) => Conversion.Convert<float, TOut>(Cut<TOut>(x));
    }

    private readonly struct OfNarrow<TIn, TOut> : IScalarBody<TIn, TOut> where TIn : unmanaged where TOut : unmanaged
    {
        public static TOut Invoke(TIn x) => OfSingle<TOut>.Invoke(Conversion.Convert<TIn, float>(x));
    }

    private readonly struct OfComplex64<TOut> : IScalarBody<Complex64, TOut> where TOut : unmanaged
    {
        public static TOut Invoke(Complex64 x) => OfSingle<TOut>.Invoke(x.Real);
    }

    private readonly struct OfComplex128<TOut> : IScalarBody<System.Numerics.Complex, TOut> where TOut : unmanaged
    {
        public static TOut Invoke(System.Numerics.Complex x) => OfDouble<TOut>.Invoke(x.Real);
    }

    private readonly struct ToComplex64 : IScalarBody<System.Numerics.Complex, Complex64>
    {
        public static Complex64 Invoke(System.Numerics.Complex x) => new((float)Cut<float>(x.Real), (float)Cut<float>(x.Imaginary));
    }
}
