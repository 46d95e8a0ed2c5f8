using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Engine.Ops.Lanes;

/// <summary>Lanes of 256 bits: <see cref="Vector256{T}"/>.</summary>
/// <typeparam name="T">The number in a lane: any integer of 8 to 64 bits, <see cref="float"/>, <see cref="double"/>.</typeparam>
internal readonly partial struct Lanes256<T> : IIntegerLanes<Vector256<T>, T> where T : unmanaged, INumber<T>
{
    public static int Count => Vector256<T>.Count;

    public static Vector256<T> Zero => Vector256<T>.Zero;

    public static Vector256<T> One => Vector256<T>.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Broadcast(T value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(ref readonly T source, nint index) => Vector256.LoadUnsafe(in source, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<T> value, ref T destination, nint index) => value.StoreUnsafe(ref destination, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Element(Vector256<T> x, int lane) => x.GetElement(lane);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Add(Vector256<T> x, Vector256<T> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Sub(Vector256<T> x, Vector256<T> y) => x - y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Mul(Vector256<T> x, Vector256<T> y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Div(Vector256<T> x, Vector256<T> y) => x / y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Neg(Vector256<T> x) => -x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Abs(Vector256<T> x) => Vector256.Abs(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Min(Vector256<T> x, Vector256<T> y) => Vector256.Min(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Max(Vector256<T> x, Vector256<T> y) => Vector256.Max(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Equal(Vector256<T> x, Vector256<T> y) => Vector256.Equals(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> NotEqual(Vector256<T> x, Vector256<T> y) => ~Vector256.Equals(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Less(Vector256<T> x, Vector256<T> y) => Vector256.LessThan(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LessOrEqual(Vector256<T> x, Vector256<T> y) => Vector256.LessThanOrEqual(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Greater(Vector256<T> x, Vector256<T> y) => Vector256.GreaterThan(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> GreaterOrEqual(Vector256<T> x, Vector256<T> y) => Vector256.GreaterThanOrEqual(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Select(Vector256<T> mask, Vector256<T> whenSet, Vector256<T> whenClear)
        => Vector256.ConditionalSelect(mask, whenSet, whenClear);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Vector256<T> mask) => Unsafe.SizeOf<T>() switch
    {
        4 => Vector256.AnyWhereAllBitsSet(mask.AsInt32()),
        8 => Vector256.AnyWhereAllBitsSet(mask.AsInt64()),
        _ => Vector256.AnyWhereAllBitsSet(mask),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(Vector256<T> mask) => Unsafe.SizeOf<T>() switch
    {
        4 => Vector256.AllWhereAllBitsSet(mask.AsInt32()),
        8 => Vector256.AllWhereAllBitsSet(mask.AsInt64()),
        _ => Vector256.AllWhereAllBitsSet(mask),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> And(Vector256<T> x, Vector256<T> y) => x & y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Or(Vector256<T> x, Vector256<T> y) => x | y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Xor(Vector256<T> x, Vector256<T> y) => x ^ y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> AndNot(Vector256<T> x, Vector256<T> y) => Vector256.AndNot(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Not(Vector256<T> x) => ~x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> ShiftLeft(Vector256<T> x, int count)
        => typeof(T) == typeof(float) ? (x.AsInt32() << count).As<int, T>()
            : typeof(T) == typeof(double) ? (x.AsInt64() << count).As<long, T>()
            : x << count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> ShiftRightLogical(Vector256<T> x, int count)
        => typeof(T) == typeof(float) ? (x.AsInt32() >>> count).As<int, T>()
            : typeof(T) == typeof(double) ? (x.AsInt64() >>> count).As<long, T>()
            : x >>> count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> ShiftRightArithmetic(Vector256<T> x, int count)
        => typeof(T) == typeof(float) ? (x.AsInt32() >> count).As<int, T>()
            : typeof(T) == typeof(double) ? (x.AsInt64() >> count).As<long, T>()
            : typeof(T) == typeof(byte) ? (x.AsSByte() >> count).As<sbyte, T>()
            : typeof(T) == typeof(ushort) ? (x.AsInt16() >> count).As<short, T>()
            : typeof(T) == typeof(uint) ? (x.AsInt32() >> count).As<int, T>()
            : typeof(T) == typeof(ulong) ? (x.AsInt64() >> count).As<long, T>()
            : x >> count;

    public static ulong MaskBits(Vector256<T> mask) => Vector256.ExtractMostSignificantBits(mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector256<T> x) => Vector256.Sum(x);

    public static Vector256<T> Map<F>(Vector256<T> x) where F : struct, IScalarFunction<T>
    {
        var result = x;
        for (var i = 0; i < Count; i++) result = result.WithElement(i, F.Invoke(x.GetElement(i)));
        return result;
    }

    public static Vector256<T> Map2<F>(Vector256<T> x, Vector256<T> y) where F : struct, IScalarFunction2<T>
    {
        var result = x;
        for (var i = 0; i < Count; i++) result = result.WithElement(i, F.Invoke(x.GetElement(i), y.GetElement(i)));
        return result;
    }

    public static Vector256<T> PopCount(Vector256<T> x) => Map<ScalarPopCount<T>>(x);
}
