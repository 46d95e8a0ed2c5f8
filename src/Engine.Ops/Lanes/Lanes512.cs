using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Engine.Ops.Lanes;

/// <summary>Lanes of 512 bits: <see cref="Vector512{T}"/>.</summary>
/// <typeparam name="T">The number in a lane: any integer of 8 to 64 bits, <see cref="float"/>, <see cref="double"/>.</typeparam>
internal readonly partial struct Lanes512<T> : IIntegerLanes<Vector512<T>, T> where T : unmanaged, INumber<T>
{
    public static int Count => Vector512<T>.Count;

    public static Vector512<T> Zero => Vector512<T>.Zero;

    public static Vector512<T> One => Vector512<T>.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Broadcast(T value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(ref readonly T source, nint index) => Vector512.LoadUnsafe(in source, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<T> value, ref T destination, nint index) => value.StoreUnsafe(ref destination, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Element(Vector512<T> x, int lane) => x.GetElement(lane);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Add(Vector512<T> x, Vector512<T> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Sub(Vector512<T> x, Vector512<T> y) => x - y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Mul(Vector512<T> x, Vector512<T> y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Div(Vector512<T> x, Vector512<T> y) => x / y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Neg(Vector512<T> x) => -x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Abs(Vector512<T> x) => Vector512.Abs(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Min(Vector512<T> x, Vector512<T> y) => Vector512.Min(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Max(Vector512<T> x, Vector512<T> y) => Vector512.Max(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Equal(Vector512<T> x, Vector512<T> y) => Vector512.Equals(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> NotEqual(Vector512<T> x, Vector512<T> y) => ~Vector512.Equals(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Less(Vector512<T> x, Vector512<T> y) => Vector512.LessThan(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LessOrEqual(Vector512<T> x, Vector512<T> y) => Vector512.LessThanOrEqual(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Greater(Vector512<T> x, Vector512<T> y) => Vector512.GreaterThan(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> GreaterOrEqual(Vector512<T> x, Vector512<T> y) => Vector512.GreaterThanOrEqual(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Select(Vector512<T> mask, Vector512<T> whenSet, Vector512<T> whenClear)
        => Vector512.ConditionalSelect(mask, whenSet, whenClear);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Vector512<T> mask) => Unsafe.SizeOf<T>() switch
    {
        4 => Vector512.AnyWhereAllBitsSet(mask.AsInt32()),
        8 => Vector512.AnyWhereAllBitsSet(mask.AsInt64()),
        _ => Vector512.AnyWhereAllBitsSet(mask),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(Vector512<T> mask) => Unsafe.SizeOf<T>() switch
    {
        4 => Vector512.AllWhereAllBitsSet(mask.AsInt32()),
        8 => Vector512.AllWhereAllBitsSet(mask.AsInt64()),
        _ => Vector512.AllWhereAllBitsSet(mask),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> And(Vector512<T> x, Vector512<T> y) => x & y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Or(Vector512<T> x, Vector512<T> y) => x | y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Xor(Vector512<T> x, Vector512<T> y) => x ^ y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> AndNot(Vector512<T> x, Vector512<T> y) => Vector512.AndNot(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Not(Vector512<T> x) => ~x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ShiftLeft(Vector512<T> x, int count)
        => typeof(T) == typeof(float) ? (x.AsInt32() << count).As<int, T>()
            : typeof(T) == typeof(double) ? (x.AsInt64() << count).As<long, T>()
            : x << count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ShiftRightLogical(Vector512<T> x, int count)
        => typeof(T) == typeof(float) ? (x.AsInt32() >>> count).As<int, T>()
            : typeof(T) == typeof(double) ? (x.AsInt64() >>> count).As<long, T>()
            : x >>> count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ShiftRightArithmetic(Vector512<T> x, int count)
        => typeof(T) == typeof(float) ? (x.AsInt32() >> count).As<int, T>()
            : typeof(T) == typeof(double) ? (x.AsInt64() >> count).As<long, T>()
            : typeof(T) == typeof(byte) ? (x.AsSByte() >> count).As<sbyte, T>()
            : typeof(T) == typeof(ushort) ? (x.AsInt16() >> count).As<short, T>()
            : typeof(T) == typeof(uint) ? (x.AsInt32() >> count).As<int, T>()
            : typeof(T) == typeof(ulong) ? (x.AsInt64() >> count).As<long, T>()
            : x >> count;

    public static ulong MaskBits(Vector512<T> mask) => Vector512.ExtractMostSignificantBits(mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector512<T> x) => Vector512.Sum(x);

    public static Vector512<T> Map<F>(Vector512<T> x) where F : struct, IScalarFunction<T>
    {
        var result = x;
        for (var i = 0; i < Count; i++) result = result.WithElement(i, F.Invoke(x.GetElement(i)));
        return result;
    }

    public static Vector512<T> Map2<F>(Vector512<T> x, Vector512<T> y) where F : struct, IScalarFunction2<T>
    {
        var result = x;
        for (var i = 0; i < Count; i++) result = result.WithElement(i, F.Invoke(x.GetElement(i), y.GetElement(i)));
        return result;
    }

    public static Vector512<T> PopCount(Vector512<T> x) => Map<ScalarPopCount<T>>(x);
}
