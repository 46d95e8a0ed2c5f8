using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Tensors;

namespace Engine.Ops.Elementwise;

/// <summary>
/// One number as another type. Every source goes through the widest type of its kind (long, ulong, float, double), from which every
/// destination is made; once compiled for a pair, one path remains.
/// </summary>
internal static class Conversion
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TOut Convert<TIn, TOut>(TIn x) where TIn : unmanaged where TOut : unmanaged
    {
        if (typeof(TIn) == typeof(float))
            return OfSingle<TOut>(As<TIn, float>(x));
        if (typeof(TIn) == typeof(double))
            return OfDouble<TOut>(As<TIn, double>(x));
        if (typeof(TIn) == typeof(Half))
            return OfSingle<TOut>((float)As<TIn, Half>(x));
        if (typeof(TIn) == typeof(BFloat16))
            return OfSingle<TOut>(As<TIn, BFloat16>(x));
        if (typeof(TIn) == typeof(Float8E5M2))
            return OfSingle<TOut>(As<TIn, Float8E5M2>(x));
        if (typeof(TIn) == typeof(Float8E4M3FN))
            return OfSingle<TOut>(As<TIn, Float8E4M3FN>(x));
        if (typeof(TIn) == typeof(Complex64))
            return OfComplex64<TOut>(As<TIn, Complex64>(x));
        if (typeof(TIn) == typeof(Complex))
            return OfComplex<TOut>(As<TIn, Complex>(x));
        if (typeof(TIn) == typeof(ulong))
            return OfUInt64<TOut>(As<TIn, ulong>(x));
        return OfInt64<TOut>(Integer(x));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Integer<TIn>(TIn x) where TIn : unmanaged
    {
        if (typeof(TIn) == typeof(bool))
            return As<TIn, byte>(x) != 0 ? 1 : 0;
        if (typeof(TIn) == typeof(sbyte))
            return As<TIn, sbyte>(x);
        if (typeof(TIn) == typeof(byte))
            return As<TIn, byte>(x);
        if (typeof(TIn) == typeof(short))
            return As<TIn, short>(x);
        if (typeof(TIn) == typeof(ushort))
            return As<TIn, ushort>(x);
        if (typeof(TIn) == typeof(int))
            return As<TIn, int>(x);
        if (typeof(TIn) == typeof(uint))
            return As<TIn, uint>(x);
        if (typeof(TIn) == typeof(Int4))
            return new Int4(As<TIn, sbyte>(x)).Value;
        if (typeof(TIn) == typeof(UInt4))
            return new UInt4(As<TIn, byte>(x)).Value;
        return As<TIn, long>(x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TOut OfInt64<TOut>(long x) where TOut : unmanaged
    {
        if (typeof(TOut) == typeof(float))
            return As<float, TOut>(x);
        if (typeof(TOut) == typeof(double))
            return As<double, TOut>(x);
        if (typeof(TOut) == typeof(Complex))
            return As<Complex, TOut>(new Complex(x, 0));
        if (IsFloat<TOut>())
            return OfSingle<TOut>(x);
        if (typeof(TOut) == typeof(bool))
            return As<bool, TOut>(x != 0);
        return Low<TOut>(x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TOut OfUInt64<TOut>(ulong x) where TOut : unmanaged
    {
        if (typeof(TOut) == typeof(float))
            return As<float, TOut>(x);
        if (typeof(TOut) == typeof(double))
            return As<double, TOut>(x);
        if (typeof(TOut) == typeof(Complex))
            return As<Complex, TOut>(new Complex(x, 0));
        return IsFloat<TOut>() ? OfSingle<TOut>(x) : OfInt64<TOut>((long)x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TOut OfSingle<TOut>(float x) where TOut : unmanaged
    {
        if (typeof(TOut) == typeof(float))
            return As<float, TOut>(x);
        if (typeof(TOut) == typeof(Half))
            return As<Half, TOut>((Half)x);
        if (typeof(TOut) == typeof(BFloat16))
            return As<BFloat16, TOut>((BFloat16)x);
        if (typeof(TOut) == typeof(Float8E5M2))
            return As<Float8E5M2, TOut>((Float8E5M2)x);
        if (typeof(TOut) == typeof(Float8E4M3FN))
            return As<Float8E4M3FN, TOut>((Float8E4M3FN)x);
        if (typeof(TOut) == typeof(Complex64))
            return As<Complex64, TOut>(new Complex64(x, 0));
        return OfDouble<TOut>(x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TOut OfDouble<TOut>(double x) where TOut : unmanaged
    {
        if (typeof(TOut) == typeof(double))
            return As<double, TOut>(x);
        if (typeof(TOut) == typeof(Complex))
            return As<Complex, TOut>(new Complex(x, 0));
        if (IsFloat<TOut>())
            return OfSingle<TOut>((float)x);
        if (typeof(TOut) == typeof(bool))
            return As<bool, TOut>(x != 0);
        if (typeof(TOut) == typeof(ulong))
            return As<ulong, TOut>(x >= 9223372036854775808.0 ? ToInt64(x - 9223372036854775808.0) ^ 1UL << 63 : ToInt64(x));
        if (typeof(TOut) == typeof(long) || typeof(TOut) == typeof(uint))
            return Low<TOut>((long)ToInt64(x));
        // Narrower integers are the low bits of an int32; what has none is its lowest.
        return Low<TOut>(x is > -2147483649.0 and < 2147483648.0 ? (int)x : int.MinValue);
    }

    private static ulong ToInt64(double x) => x is >= -9223372036854775808.0 and < 9223372036854775808.0 ? (ulong)(long)x : 1UL << 63;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TOut OfComplex64<TOut>(Complex64 x) where TOut : unmanaged
    {
        if (typeof(TOut) == typeof(Complex64))
            return As<Complex64, TOut>(x);
        return typeof(TOut) == typeof(Complex) ? As<Complex, TOut>(x) : OfSingle<TOut>(x.Real);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TOut OfComplex<TOut>(Complex x) where TOut : unmanaged
    {
        if (typeof(TOut) == typeof(Complex))
            return As<Complex, TOut>(x);
        return typeof(TOut) == typeof(Complex64) ? As<Complex64, TOut>((Complex64)x) : OfDouble<TOut>(x.Real);
    }

    private static bool IsFloat<T>() => typeof(T) == typeof(float) || typeof(T) == typeof(Half) || typeof(T) == typeof(BFloat16)
        || typeof(T) == typeof(Float8E5M2) || typeof(T) == typeof(Float8E4M3FN) || typeof(T) == typeof(Complex64);

    // The low bits of an integer as a narrower one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Low<T>(long x) where T : unmanaged
    {
        if (typeof(T) == typeof(Int4))
            return As<Int4, T>(new Int4((sbyte)x));
        if (typeof(T) == typeof(UInt4))
            return As<UInt4, T>(new UInt4((byte)x));
        return Unsafe.SizeOf<T>() switch
        {
            1 => As<byte, T>((byte)x),
            2 => As<ushort, T>((ushort)x),
            4 => As<uint, T>((uint)x),
            _ => As<long, T>(x),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TTo As<TFrom, TTo>(TFrom x) where TFrom : unmanaged where TTo : unmanaged => Unsafe.BitCast<TFrom, TTo>(x);
}
