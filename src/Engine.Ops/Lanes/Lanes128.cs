using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Engine.Ops.Lanes;

/// <summary>Lanes of 128 bits: <see cref="Vector128{T}"/>.</summary>
/// <typeparam name="T">The number in a lane: any integer of 8 to 64 bits, <see cref="float"/>, <see cref="double"/>.</typeparam>
internal readonly partial struct Lanes128<T> : IIntegerLanes<Vector128<T>, T> where T : unmanaged, INumber<T>
{
    public static int Count => Vector128<T>.Count;

    public static Vector128<T> Zero => Vector128<T>.Zero;

    public static Vector128<T> One => Vector128<T>.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Broadcast(T value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(ref readonly T source, nint index) => Vector128.LoadUnsafe(in source, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<T> value, ref T destination, nint index) => value.StoreUnsafe(ref destination, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Element(Vector128<T> x, int lane) => x.GetElement(lane);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Add(Vector128<T> x, Vector128<T> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Sub(Vector128<T> x, Vector128<T> y) => x - y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Mul(Vector128<T> x, Vector128<T> y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Div(Vector128<T> x, Vector128<T> y) => x / y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Neg(Vector128<T> x) => -x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Abs(Vector128<T> x) => Vector128.Abs(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Min(Vector128<T> x, Vector128<T> y) => Vector128.Min(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Max(Vector128<T> x, Vector128<T> y) => Vector128.Max(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Equal(Vector128<T> x, Vector128<T> y) => Vector128.Equals(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> NotEqual(Vector128<T> x, Vector128<T> y) => ~Vector128.Equals(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Less(Vector128<T> x, Vector128<T> y) => Vector128.LessThan(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LessOrEqual(Vector128<T> x, Vector128<T> y) => Vector128.LessThanOrEqual(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Greater(Vector128<T> x, Vector128<T> y) => Vector128.GreaterThan(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> GreaterOrEqual(Vector128<T> x, Vector128<T> y) => Vector128.GreaterThanOrEqual(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Select(Vector128<T> mask, Vector128<T> whenSet, Vector128<T> whenClear)
        => Vector128.ConditionalSelect(mask, whenSet, whenClear);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Vector128<T> mask) => Unsafe.SizeOf<T>() switch
    {
        4 => Vector128.AnyWhereAllBitsSet(mask.AsInt32()),
        8 => Vector128.AnyWhereAllBitsSet(mask.AsInt64()),
        _ => Vector128.AnyWhereAllBitsSet(mask),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(Vector128<T> mask) => Unsafe.SizeOf<T>() switch
    {
        4 => Vector128.AllWhereAllBitsSet(mask.AsInt32()),
        8 => Vector128.AllWhereAllBitsSet(mask.AsInt64()),
        _ => Vector128.AllWhereAllBitsSet(mask),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> And(Vector128<T> x, Vector128<T> y) => x & y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Or(Vector128<T> x, Vector128<T> y) => x | y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Xor(Vector128<T> x, Vector128<T> y) => x ^ y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> AndNot(Vector128<T> x, Vector128<T> y) => Vector128.AndNot(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Not(Vector128<T> x) => ~x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> ShiftLeft(Vector128<T> x, int count)
        => typeof(T) == typeof(float) ? (x.AsInt32() << count).As<int, T>()
            : typeof(T) == typeof(double) ? (x.AsInt64() << count).As<long, T>()
            : x << count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> ShiftRightLogical(Vector128<T> x, int count)
        => typeof(T) == typeof(float) ? (x.AsInt32() >>> count).As<int, T>()
            : typeof(T) == typeof(double) ? (x.AsInt64() >>> count).As<long, T>()
            : x >>> count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> ShiftRightArithmetic(Vector128<T> x, int count)
        => typeof(T) == typeof(float) ? (x.AsInt32() >> count).As<int, T>()
            : typeof(T) == typeof(double) ? (x.AsInt64() >> count).As<long, T>()
            : typeof(T) == typeof(byte) ? (x.AsSByte() >> count).As<sbyte, T>()
            : typeof(T) == typeof(ushort) ? (x.AsInt16() >> count).As<short, T>()
            : typeof(T) == typeof(uint) ? (x.AsInt32() >> count).As<int, T>()
            : typeof(T) == typeof(ulong) ? (x.AsInt64() >> count).As<long, T>()
            : x >> count;

    public static ulong MaskBits(Vector128<T> mask) => Vector128.ExtractMostSignificantBits(mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector128<T> x) => Vector128.Sum(x);

    public static Vector128<T> Map<F>(Vector128<T> x) where F : struct, IScalarFunction<T>
    {
        var result = x;
        for (var i = 0; i < Count; i++) result = result.WithElement(i, F.Invoke(x.GetElement(i)));
        return result;
    }

    public static Vector128<T> Map2<F>(Vector128<T> x, Vector128<T> y) where F : struct, IScalarFunction2<T>
    {
        var result = x;
        for (var i = 0; i < Count; i++) result = result.WithElement(i, F.Invoke(x.GetElement(i), y.GetElement(i)));
        return result;
    }

    public static Vector128<T> PopCount(Vector128<T> x) => Map<ScalarPopCount<T>>(x);
}
