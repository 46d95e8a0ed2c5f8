using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using Engine.Ops.Lanes.Functions;
using Engine.Tensors;

namespace Engine.Ops.Lanes;

/// <content>Floating point. Elementary functions are formulas over lanes, chosen by the type of number when compiled.</content>
internal readonly partial struct Lanes128<T> : IFloatLanes<Vector128<T>, T>
{
    public static bool HasFma => System.Runtime.Intrinsics.X86.Fma.IsSupported || AdvSimd.Arm64.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Fma(Vector128<T> x, Vector128<T> y, Vector128<T> z) => typeof(T) == typeof(float)
        ? Vector128.MultiplyAddEstimate(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>()
        : Vector128.MultiplyAddEstimate(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> BroadcastBits(ulong pattern) => typeof(T) == typeof(float)
        ? Vector128.Create((uint)pattern).As<uint, T>()
        : Vector128.Create(pattern).As<ulong, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> AddBits(Vector128<T> x, Vector128<T> y) => typeof(T) == typeof(float)
        ? (x.AsInt32() + y.AsInt32()).As<int, T>()
        : (x.AsInt64() + y.AsInt64()).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> SubBits(Vector128<T> x, Vector128<T> y) => typeof(T) == typeof(float)
        ? (x.AsInt32() - y.AsInt32()).As<int, T>()
        : (x.AsInt64() - y.AsInt64()).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MinLimit(Vector128<T> x, Vector128<T> y) => Vector128.MinNative(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MaxLimit(Vector128<T> x, Vector128<T> y) => Vector128.MaxNative(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Scale(Vector128<T> x, Vector128<T> n) => PowersOfTwo.Scale<Lanes128<T>, Vector128<T>, T>(x, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> IsNaN(Vector128<T> x) => ~Vector128.Equals(x, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Sqrt(Vector128<T> x) => Vector128.Sqrt(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Rsqrt(Vector128<T> x) => Vector128<T>.One / Vector128.Sqrt(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Floor(Vector128<T> x) => typeof(T) == typeof(float)
        ? Vector128.Floor(x.AsSingle()).As<float, T>()
        : Vector128.Floor(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Ceil(Vector128<T> x) => typeof(T) == typeof(float)
        ? Vector128.Ceiling(x.AsSingle()).As<float, T>()
        : Vector128.Ceiling(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Rint(Vector128<T> x) => typeof(T) == typeof(float)
        ? Vector128.Round(x.AsSingle()).As<float, T>()
        : Vector128.Round(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Truncate(Vector128<T> x) => typeof(T) == typeof(float)
        ? Vector128.Truncate(x.AsSingle()).As<float, T>()
        : Vector128.Truncate(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Exp(Vector128<T> x) => Call<Exp>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Expm1(Vector128<T> x) => Call<Expm1>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Log(Vector128<T> x) => Call<Log>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Log1p(Vector128<T> x) => Call<Log1p>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Sin(Vector128<T> x) => Call<Sin>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Cos(Vector128<T> x) => Call<Cos>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Tan(Vector128<T> x) => Call<Tan>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Asin(Vector128<T> x) => Call<Asin>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Acos(Vector128<T> x) => Call<Acos>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Atan(Vector128<T> x) => Call<Atan>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Sinh(Vector128<T> x) => Call<Sinh>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Cosh(Vector128<T> x) => Call<Cosh>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Tanh(Vector128<T> x) => Call<Tanh>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Asinh(Vector128<T> x) => Call<Asinh>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Acosh(Vector128<T> x) => Call<Acosh>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Atanh(Vector128<T> x) => Call<Atanh>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Sigmoid(Vector128<T> x) => Call<Sigmoid>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Erf(Vector128<T> x) => Call<Erf>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Erfc(Vector128<T> x) => Call<Erfc>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Pow(Vector128<T> x, Vector128<T> y) => Call2<Pow>(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Atan2(Vector128<T> y, Vector128<T> x) => Call2<Atan2>(y, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> ThroughDouble<F>(Vector128<T> x) where F : struct, IFloatFunction
    {
        var (low, high) = Vector128.Widen(x.AsSingle());
        return Vector128.Narrow(F.Double<Lanes128<double>, Vector128<double>>(low), F.Double<Lanes128<double>, Vector128<double>>(high)).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> ThroughDouble2<F>(Vector128<T> x, Vector128<T> y)
        where F : struct, IFloatFunction2
    {
        var (lowX, highX) = Vector128.Widen(x.AsSingle());
        var (lowY, highY) = Vector128.Widen(y.AsSingle());
        var low = F.Double<Lanes128<double>, Vector128<double>>(lowX, lowY);
        var high = F.Double<Lanes128<double>, Vector128<double>>(highX, highY);
        return Vector128.Narrow(low, high).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Even(Vector128<T> x, Vector128<T> y) => typeof(T) == typeof(float)
        ? Vector128.Narrow(x.AsUInt64(), y.AsUInt64()).As<uint, T>()
        : Vector128.Create(x.AsDouble()[0], y.AsDouble()[0]).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Odd(Vector128<T> x, Vector128<T> y) => typeof(T) == typeof(float)
        ? Vector128.Narrow(x.AsUInt64() >>> 32, y.AsUInt64() >>> 32).As<uint, T>()
        : Vector128.Create(x.AsDouble()[1], y.AsDouble()[1]).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LoadHalf(ref readonly Half source, nint index)
    {
        var bits = Vector64.LoadUnsafe(in Unsafe.As<Half, ushort>(ref Unsafe.AsRef(in source)), (nuint)index);
        var wide = Vector128.WidenLower(bits.ToVector128());
        return SixteenBits.FromHalf<Lanes128<float>, Vector128<float>>(wide.AsSingle()).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHalf(Vector128<T> value, ref Half destination, nint index)
    {
        var bits = SixteenBits.ToHalf<Lanes128<float>, Vector128<float>>(value.AsSingle()).AsUInt32();
        Vector128.Narrow(bits, bits).GetLower().StoreUnsafe(ref Unsafe.As<Half, ushort>(ref destination), (nuint)index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LoadBFloat16(ref readonly BFloat16 source, nint index)
    {
        var bits = Vector64.LoadUnsafe(in Unsafe.As<BFloat16, ushort>(ref Unsafe.AsRef(in source)), (nuint)index);
        var wide = Vector128.WidenLower(bits.ToVector128());
        return (wide << 16).As<uint, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBFloat16(Vector128<T> value, ref BFloat16 destination, nint index)
    {
        var bits = SixteenBits.ToBFloat16<Lanes128<float>, Vector128<float>>(value.AsSingle()).AsUInt32();
        Vector128.Narrow(bits, bits).GetLower().StoreUnsafe(ref Unsafe.As<BFloat16, ushort>(ref destination), (nuint)index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Call<F>(Vector128<T> x) where F : struct, IFloatFunction => typeof(T) == typeof(float)
        ? F.Single<Lanes128<float>, Vector128<float>>(x.AsSingle()).As<float, T>()
        : F.Double<Lanes128<double>, Vector128<double>>(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Call2<F>(Vector128<T> x, Vector128<T> y) where F : struct, IFloatFunction2
        => typeof(T) == typeof(float)
            ? F.Single<Lanes128<float>, Vector128<float>>(x.AsSingle(), y.AsSingle()).As<float, T>()
            : F.Double<Lanes128<double>, Vector128<double>>(x.AsDouble(), y.AsDouble()).As<double, T>();
}
