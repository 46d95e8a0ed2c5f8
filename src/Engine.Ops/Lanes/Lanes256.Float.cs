using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Engine.Ops.Lanes.Functions;
using Engine.Tensors;

namespace Engine.Ops.Lanes;

/// <content>Floating point. Elementary functions are formulas over lanes, chosen by the type of number when compiled.</content>
internal readonly partial struct Lanes256<T> : IFloatLanes<Vector256<T>, T>
{
    public static bool HasFma => System.Runtime.Intrinsics.X86.Fma.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Fma(Vector256<T> x, Vector256<T> y, Vector256<T> z) => typeof(T) == typeof(float)
        ? Vector256.MultiplyAddEstimate(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>()
        : Vector256.MultiplyAddEstimate(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> BroadcastBits(ulong pattern) => typeof(T) == typeof(float)
        ? Vector256.Create((uint)pattern).As<uint, T>()
        : Vector256.Create(pattern).As<ulong, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> AddBits(Vector256<T> x, Vector256<T> y) => typeof(T) == typeof(float)
        ? (x.AsInt32() + y.AsInt32()).As<int, T>()
        : (x.AsInt64() + y.AsInt64()).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> SubBits(Vector256<T> x, Vector256<T> y) => typeof(T) == typeof(float)
        ? (x.AsInt32() - y.AsInt32()).As<int, T>()
        : (x.AsInt64() - y.AsInt64()).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MinLimit(Vector256<T> x, Vector256<T> y) => Vector256.MinNative(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MaxLimit(Vector256<T> x, Vector256<T> y) => Vector256.MaxNative(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Scale(Vector256<T> x, Vector256<T> n) => PowersOfTwo.Scale<Lanes256<T>, Vector256<T>, T>(x, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> IsNaN(Vector256<T> x) => ~Vector256.Equals(x, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Sqrt(Vector256<T> x) => Vector256.Sqrt(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Rsqrt(Vector256<T> x) => Vector256<T>.One / Vector256.Sqrt(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Floor(Vector256<T> x) => typeof(T) == typeof(float)
        ? Vector256.Floor(x.AsSingle()).As<float, T>()
        : Vector256.Floor(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Ceil(Vector256<T> x) => typeof(T) == typeof(float)
        ? Vector256.Ceiling(x.AsSingle()).As<float, T>()
        : Vector256.Ceiling(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Rint(Vector256<T> x) => typeof(T) == typeof(float)
        ? Vector256.Round(x.AsSingle()).As<float, T>()
        : Vector256.Round(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Truncate(Vector256<T> x) => typeof(T) == typeof(float)
        ? Vector256.Truncate(x.AsSingle()).As<float, T>()
        : Vector256.Truncate(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Exp(Vector256<T> x) => Call<Exp>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Expm1(Vector256<T> x) => Call<Expm1>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Log(Vector256<T> x) => Call<Log>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Log1p(Vector256<T> x) => Call<Log1p>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Sin(Vector256<T> x) => Call<Sin>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Cos(Vector256<T> x) => Call<Cos>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Tan(Vector256<T> x) => Call<Tan>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Asin(Vector256<T> x) => Call<Asin>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Acos(Vector256<T> x) => Call<Acos>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Atan(Vector256<T> x) => Call<Atan>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Sinh(Vector256<T> x) => Call<Sinh>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Cosh(Vector256<T> x) => Call<Cosh>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Tanh(Vector256<T> x) => Call<Tanh>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Asinh(Vector256<T> x) => Call<Asinh>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Acosh(Vector256<T> x) => Call<Acosh>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Atanh(Vector256<T> x) => Call<Atanh>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Sigmoid(Vector256<T> x) => Call<Sigmoid>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Erf(Vector256<T> x) => Call<Erf>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Erfc(Vector256<T> x) => Call<Erfc>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Pow(Vector256<T> x, Vector256<T> y) => Call2<Pow>(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Atan2(Vector256<T> y, Vector256<T> x) => Call2<Atan2>(y, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> ThroughDouble<F>(Vector256<T> x) where F : struct, IFloatFunction
    {
        var (low, high) = Vector256.Widen(x.AsSingle());
        return Vector256.Narrow(F.Double<Lanes256<double>, Vector256<double>>(low), F.Double<Lanes256<double>, Vector256<double>>(high)).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> ThroughDouble2<F>(Vector256<T> x, Vector256<T> y)
        where F : struct, IFloatFunction2
    {
        var (lowX, highX) = Vector256.Widen(x.AsSingle());
        var (lowY, highY) = Vector256.Widen(y.AsSingle());
        var low = F.Double<Lanes256<double>, Vector256<double>>(lowX, lowY);
        var high = F.Double<Lanes256<double>, Vector256<double>>(highX, highY);
        return Vector256.Narrow(low, high).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Even(Vector256<T> x, Vector256<T> y) => typeof(T) == typeof(float)
        ? Vector256.Narrow(x.AsUInt64(), y.AsUInt64()).As<uint, T>()
        : Vector256.Create(Lanes128<T>.Even(x.GetLower(), x.GetUpper()), Lanes128<T>.Even(y.GetLower(), y.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Odd(Vector256<T> x, Vector256<T> y) => typeof(T) == typeof(float)
        ? Vector256.Narrow(x.AsUInt64() >>> 32, y.AsUInt64() >>> 32).As<uint, T>()
        : Vector256.Create(Lanes128<T>.Odd(x.GetLower(), x.GetUpper()), Lanes128<T>.Odd(y.GetLower(), y.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LoadHalf(ref readonly Half source, nint index)
    {
        var bits = Vector128.LoadUnsafe(in Unsafe.As<Half, ushort>(ref Unsafe.AsRef(in source)), (nuint)index);
        var (low, high) = Vector128.Widen(bits);
        var wide = Vector256.Create(low, high);
        return SixteenBits.FromHalf<Lanes256<float>, Vector256<float>>(wide.AsSingle()).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHalf(Vector256<T> value, ref Half destination, nint index)
    {
        var bits = SixteenBits.ToHalf<Lanes256<float>, Vector256<float>>(value.AsSingle()).AsUInt32();
        Vector256.Narrow(bits, bits).GetLower().StoreUnsafe(ref Unsafe.As<Half, ushort>(ref destination), (nuint)index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LoadBFloat16(ref readonly BFloat16 source, nint index)
    {
        var bits = Vector128.LoadUnsafe(in Unsafe.As<BFloat16, ushort>(ref Unsafe.AsRef(in source)), (nuint)index);
        var (low, high) = Vector128.Widen(bits);
        var wide = Vector256.Create(low, high);
        return (wide << 16).As<uint, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBFloat16(Vector256<T> value, ref BFloat16 destination, nint index)
    {
        var bits = SixteenBits.ToBFloat16<Lanes256<float>, Vector256<float>>(value.AsSingle()).AsUInt32();
        Vector256.Narrow(bits, bits).GetLower().StoreUnsafe(ref Unsafe.As<BFloat16, ushort>(ref destination), (nuint)index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Call<F>(Vector256<T> x) where F : struct, IFloatFunction => typeof(T) == typeof(float)
        ? F.Single<Lanes256<float>, Vector256<float>>(x.AsSingle()).As<float, T>()
        : F.Double<Lanes256<double>, Vector256<double>>(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Call2<F>(Vector256<T> x, Vector256<T> y) where F : struct, IFloatFunction2
        => typeof(T) == typeof(float)
            ? F.Single<Lanes256<float>, Vector256<float>>(x.AsSingle(), y.AsSingle()).As<float, T>()
            : F.Double<Lanes256<double>, Vector256<double>>(x.AsDouble(), y.AsDouble()).As<double, T>();
}
