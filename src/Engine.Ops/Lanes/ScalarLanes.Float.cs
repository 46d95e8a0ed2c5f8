using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using Engine.Ops.Lanes.Functions;
using Engine.Tensors;

namespace Engine.Ops.Lanes;

/// <content>Floating point: the formulas of the vectors, on one number.</content>
internal readonly partial struct ScalarLanes<T> : IFloatLanes<T, T>
{
    public static bool HasFma => System.Runtime.Intrinsics.X86.Fma.IsSupported || AdvSimd.Arm64.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Fma(T x, T y, T z) => typeof(T) == typeof(float)
        ? Of(float.MultiplyAddEstimate(Single(x), Single(y), Single(z)))
        : Of(double.MultiplyAddEstimate(Double(x), Double(y), Double(z)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T BroadcastBits(ulong pattern) => FromBits(pattern);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T AddBits(T x, T y) => FromBits(Bits(x) + Bits(y));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T SubBits(T x, T y) => FromBits(Bits(x) - Bits(y));

    // As the x86 instruction: the second operand when either is NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MinLimit(T x, T y) => x < y ? x : y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MaxLimit(T x, T y) => x > y ? x : y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Scale(T x, T n) => PowersOfTwo.Scale<ScalarLanes<T>, T, T>(x, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T IsNaN(T x) => Mask(T.IsNaN(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sqrt(T x) => typeof(T) == typeof(float) ? Of(MathF.Sqrt(Single(x))) : Of(Math.Sqrt(Double(x)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Rsqrt(T x) => T.One / Sqrt(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Floor(T x) => typeof(T) == typeof(float) ? Of(MathF.Floor(Single(x))) : Of(Math.Floor(Double(x)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Ceil(T x) => typeof(T) == typeof(float) ? Of(MathF.Ceiling(Single(x))) : Of(Math.Ceiling(Double(x)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Rint(T x) => typeof(T) == typeof(float) ? Of(MathF.Round(Single(x))) : Of(Math.Round(Double(x)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Truncate(T x) => typeof(T) == typeof(float) ? Of(MathF.Truncate(Single(x))) : Of(Math.Truncate(Double(x)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp(T x) => Call<Exp>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Expm1(T x) => Call<Expm1>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log(T x) => Call<Log>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log1p(T x) => Call<Log1p>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sin(T x) => Call<Sin>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Cos(T x) => Call<Cos>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tan(T x) => Call<Tan>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Asin(T x) => Call<Asin>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Acos(T x) => Call<Acos>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Atan(T x) => Call<Atan>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sinh(T x) => Call<Sinh>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Cosh(T x) => Call<Cosh>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh(T x) => Call<Tanh>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Asinh(T x) => Call<Asinh>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Acosh(T x) => Call<Acosh>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Atanh(T x) => Call<Atanh>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sigmoid(T x) => Call<Sigmoid>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Erf(T x) => Call<Erf>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Erfc(T x) => Call<Erfc>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Pow(T x, T y) => Call2<Pow>(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Atan2(T y, T x) => Call2<Atan2>(y, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ThroughDouble<F>(T x) where F : struct, IFloatFunction
        => Of((float)F.Double<ScalarLanes<double>, double>(Single(x)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ThroughDouble2<F>(T x, T y) where F : struct, IFloatFunction2
        => Of((float)F.Double<ScalarLanes<double>, double>(Single(x), Single(y)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Even(T x, T y) => x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Odd(T x, T y) => y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LoadHalf(ref readonly Half source, nint index) => Of((float)Unsafe.Add(ref Unsafe.AsRef(in source), index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHalf(T value, ref Half destination, nint index) => Unsafe.Add(ref destination, index) = (Half)Single(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LoadBFloat16(ref readonly BFloat16 source, nint index) => Of((float)Unsafe.Add(ref Unsafe.AsRef(in source), index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBFloat16(T value, ref BFloat16 destination, nint index)
        => Unsafe.Add(ref destination, index) = (BFloat16)Single(value);

    private static T Call<F>(T x) where F : struct, IFloatFunction => typeof(T) == typeof(float)
        ? Of(F.Single<ScalarLanes<float>, float>(Single(x)))
        : Of(F.Double<ScalarLanes<double>, double>(Double(x)));

    private static T Call2<F>(T x, T y) where F : struct, IFloatFunction2 => typeof(T) == typeof(float)
        ? Of(F.Single<ScalarLanes<float>, float>(Single(x), Single(y)))
        : Of(F.Double<ScalarLanes<double>, double>(Double(x), Double(y)));

    // Free of cost once compiled: only the branch of the actual type remains.
    private static float Single(T x) => Unsafe.BitCast<uint, float>((uint)Bits(x));

    private static double Double(T x) => Unsafe.BitCast<ulong, double>(Bits(x));

    private static T Of(float x) => FromBits(Unsafe.BitCast<float, uint>(x));

    private static T Of(double x) => FromBits(Unsafe.BitCast<double, ulong>(x));
}
