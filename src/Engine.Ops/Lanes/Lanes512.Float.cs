using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Engine.Ops.Lanes.Functions;
using Engine.Tensors;

namespace Engine.Ops.Lanes;

/// <content>Floating point. Elementary functions are formulas over lanes, chosen by the type of number when compiled.</content>
internal readonly partial struct Lanes512<T> : IFloatLanes<Vector512<T>, T>
{
    public static bool HasFma => Avx512F.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Fma(Vector512<T> x, Vector512<T> y, Vector512<T> z) => typeof(T) == typeof(float)
        ? Vector512.MultiplyAddEstimate(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>()
        : Vector512.MultiplyAddEstimate(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> BroadcastBits(ulong pattern) => typeof(T) == typeof(float)
        ? Vector512.Create((uint)pattern).As<uint, T>()
        : Vector512.Create(pattern).As<ulong, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> AddBits(Vector512<T> x, Vector512<T> y) => typeof(T) == typeof(float)
        ? (x.AsInt32() + y.AsInt32()).As<int, T>()
        : (x.AsInt64() + y.AsInt64()).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> SubBits(Vector512<T> x, Vector512<T> y) => typeof(T) == typeof(float)
        ? (x.AsInt32() - y.AsInt32()).As<int, T>()
        : (x.AsInt64() - y.AsInt64()).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MinLimit(Vector512<T> x, Vector512<T> y) => Vector512.MinNative(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MaxLimit(Vector512<T> x, Vector512<T> y) => Vector512.MaxNative(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Scale(Vector512<T> x, Vector512<T> n)
    {
        if (Avx512F.IsSupported)
        {
            return typeof(T) == typeof(float)
                ? Avx512F.Scale(x.AsSingle(), n.AsSingle()).As<float, T>()
                : Avx512F.Scale(x.AsDouble(), n.AsDouble()).As<double, T>();
        }
        return PowersOfTwo.Scale<Lanes512<T>, Vector512<T>, T>(x, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> IsNaN(Vector512<T> x) => ~Vector512.Equals(x, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Sqrt(Vector512<T> x) => Vector512.Sqrt(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Rsqrt(Vector512<T> x) => Vector512<T>.One / Vector512.Sqrt(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Floor(Vector512<T> x) => typeof(T) == typeof(float)
        ? Vector512.Floor(x.AsSingle()).As<float, T>()
        : Vector512.Floor(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Ceil(Vector512<T> x) => typeof(T) == typeof(float)
        ? Vector512.Ceiling(x.AsSingle()).As<float, T>()
        : Vector512.Ceiling(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Rint(Vector512<T> x) => typeof(T) == typeof(float)
        ? Vector512.Round(x.AsSingle()).As<float, T>()
        : Vector512.Round(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Truncate(Vector512<T> x) => typeof(T) == typeof(float)
        ? Vector512.Truncate(x.AsSingle()).As<float, T>()
        : Vector512.Truncate(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Exp(Vector512<T> x) => Call<Exp>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Expm1(Vector512<T> x) => Call<Expm1>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Log(Vector512<T> x) => Call<Log>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Log1p(Vector512<T> x) => Call<Log1p>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Sin(Vector512<T> x) => Call<Sin>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Cos(Vector512<T> x) => Call<Cos>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Tan(Vector512<T> x) => Call<Tan>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Asin(Vector512<T> x) => Call<Asin>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Acos(Vector512<T> x) => Call<Acos>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Atan(Vector512<T> x) => Call<Atan>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Sinh(Vector512<T> x) => Call<Sinh>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Cosh(Vector512<T> x) => Call<Cosh>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Tanh(Vector512<T> x) => Call<Tanh>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Asinh(Vector512<T> x) => Call<Asinh>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Acosh(Vector512<T> x) => Call<Acosh>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Atanh(Vector512<T> x) => Call<Atanh>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Sigmoid(Vector512<T> x) => Call<Sigmoid>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Erf(Vector512<T> x) => Call<Erf>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Erfc(Vector512<T> x) => Call<Erfc>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Pow(Vector512<T> x, Vector512<T> y) => Call2<Pow>(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Atan2(Vector512<T> y, Vector512<T> x) => Call2<Atan2>(y, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ThroughDouble<F>(Vector512<T> x) where F : struct, IFloatFunction
    {
        var (low, high) = Vector512.Widen(x.AsSingle());
        return Vector512.Narrow(F.Double<Lanes512<double>, Vector512<double>>(low), F.Double<Lanes512<double>, Vector512<double>>(high)).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ThroughDouble2<F>(Vector512<T> x, Vector512<T> y)
        where F : struct, IFloatFunction2
    {
        var (lowX, highX) = Vector512.Widen(x.AsSingle());
        var (lowY, highY) = Vector512.Widen(y.AsSingle());
        var low = F.Double<Lanes512<double>, Vector512<double>>(lowX, lowY);
        var high = F.Double<Lanes512<double>, Vector512<double>>(highX, highY);
        return Vector512.Narrow(low, high).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Even(Vector512<T> x, Vector512<T> y) => typeof(T) == typeof(float)
        ? Vector512.Narrow(x.AsUInt64(), y.AsUInt64()).As<uint, T>()
        : Vector512.Create(Lanes256<T>.Even(x.GetLower(), x.GetUpper()), Lanes256<T>.Even(y.GetLower(), y.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Odd(Vector512<T> x, Vector512<T> y) => typeof(T) == typeof(float)
        ? Vector512.Narrow(x.AsUInt64() >>> 32, y.AsUInt64() >>> 32).As<uint, T>()
        : Vector512.Create(Lanes256<T>.Odd(x.GetLower(), x.GetUpper()), Lanes256<T>.Odd(y.GetLower(), y.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadHalf(ref readonly Half source, nint index)
    {
        var bits = Vector256.LoadUnsafe(in Unsafe.As<Half, ushort>(ref Unsafe.AsRef(in source)), (nuint)index);
        var (low, high) = Vector256.Widen(bits);
        var wide = Vector512.Create(low, high);
        return SixteenBits.FromHalf<Lanes512<float>, Vector512<float>>(wide.AsSingle()).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHalf(Vector512<T> value, ref Half destination, nint index)
    {
        var bits = SixteenBits.ToHalf<Lanes512<float>, Vector512<float>>(value.AsSingle()).AsUInt32();
        Vector512.Narrow(bits, bits).GetLower().StoreUnsafe(ref Unsafe.As<Half, ushort>(ref destination), (nuint)index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadBFloat16(ref readonly BFloat16 source, nint index)
    {
        var bits = Vector256.LoadUnsafe(in Unsafe.As<BFloat16, ushort>(ref Unsafe.AsRef(in source)), (nuint)index);
        var (low, high) = Vector256.Widen(bits);
        var wide = Vector512.Create(low, high);
        return (wide << 16).As<uint, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBFloat16(Vector512<T> value, ref BFloat16 destination, nint index)
    {
        var bits = SixteenBits.ToBFloat16<Lanes512<float>, Vector512<float>>(value.AsSingle()).AsUInt32();
        Vector512.Narrow(bits, bits).GetLower().StoreUnsafe(ref Unsafe.As<BFloat16, ushort>(ref destination), (nuint)index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Call<F>(Vector512<T> x) where F : struct, IFloatFunction => typeof(T) == typeof(float)
        ? F.Single<Lanes512<float>, Vector512<float>>(x.AsSingle()).As<float, T>()
        : F.Double<Lanes512<double>, Vector512<double>>(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Call2<F>(Vector512<T> x, Vector512<T> y) where F : struct, IFloatFunction2
        => typeof(T) == typeof(float)
            ? F.Single<Lanes512<float>, Vector512<float>>(x.AsSingle(), y.AsSingle()).As<float, T>()
            : F.Double<Lanes512<double>, Vector512<double>>(x.AsDouble(), y.AsDouble()).As<double, T>();
}
