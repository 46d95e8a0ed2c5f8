using System.Numerics;
using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes;

/// <summary>
/// One number as a register: remainders of loops, and machines without vectors. A mask is a number with all bits set or clear.
/// </summary>
/// <typeparam name="T">The number: any integer of 8 to 64 bits, <see cref="float"/>, <see cref="double"/>.</typeparam>
internal readonly partial struct ScalarLanes<T> : IIntegerLanes<T, T> where T : unmanaged, INumber<T>
{
    private static bool IsFloat => typeof(T) == typeof(float) || typeof(T) == typeof(double);

    public static int Count => 1;

    public static T Zero => T.Zero;

    public static T One => T.One;

    public static T Broadcast(T value) => value;

    public static T Load(ref readonly T source, nint index) => Unsafe.Add(ref Unsafe.AsRef(in source), index);

    public static void Store(T value, ref T destination, nint index) => Unsafe.Add(ref destination, index) = value;

    public static T Element(T x, int lane) => x;

    public static T Add(T x, T y) => x + y;

    public static T Sub(T x, T y) => x - y;

    public static T Mul(T x, T y) => x * y;

    public static T Div(T x, T y) => x / y;

    public static T Neg(T x) => IsFloat ? -x : T.Zero - x;

    public static T Abs(T x) => IsFloat ? T.Abs(x) : x < T.Zero ? T.Zero - x : x;

    public static T Min(T x, T y) => T.Min(x, y);

    public static T Max(T x, T y) => T.Max(x, y);

    public static T Equal(T x, T y) => Mask(x == y);

    public static T NotEqual(T x, T y) => Mask(x != y);

    public static T Less(T x, T y) => Mask(x < y);

    public static T LessOrEqual(T x, T y) => Mask(x <= y);

    public static T Greater(T x, T y) => Mask(x > y);

    public static T GreaterOrEqual(T x, T y) => Mask(x >= y);

    public static T Select(T mask, T whenSet, T whenClear) => FromBits((Bits(mask) & Bits(whenSet)) | (~Bits(mask) & Bits(whenClear)));

    public static bool Any(T mask) => Bits(mask) != 0;

    public static bool All(T mask) => Bits(mask) != 0;

    public static ulong MaskBits(T mask) => Any(mask) ? 1u : 0u;

    public static T And(T x, T y) => FromBits(Bits(x) & Bits(y));

    public static T Or(T x, T y) => FromBits(Bits(x) | Bits(y));

    public static T Xor(T x, T y) => FromBits(Bits(x) ^ Bits(y));

    public static T AndNot(T x, T y) => FromBits(Bits(x) & ~Bits(y));

    public static T Not(T x) => FromBits(~Bits(x));

    public static T ShiftLeft(T x, int count) => FromBits(Bits(x) << count);

    public static T ShiftRightLogical(T x, int count) => FromBits(Bits(x) >> count);

    public static T ShiftRightArithmetic(T x, int count) => FromBits((ulong)(SignedBits(x) >> count));

    public static T Sum(T x) => x;

    public static T Map<F>(T x) where F : struct, IScalarFunction<T> => F.Invoke(x);

    public static T Map2<F>(T x, T y) where F : struct, IScalarFunction2<T> => F.Invoke(x, y);

    public static T PopCount(T x) => ScalarPopCount<T>.Invoke(x);

    private static T Mask(bool set) => FromBits(set ? ulong.MaxValue : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(T x) => Unsafe.SizeOf<T>() switch
    {
        1 => Unsafe.BitCast<T, byte>(x),
        2 => Unsafe.BitCast<T, ushort>(x),
        4 => Unsafe.BitCast<T, uint>(x),
        _ => Unsafe.BitCast<T, ulong>(x),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long SignedBits(T x) => Unsafe.SizeOf<T>() switch
    {
        1 => Unsafe.BitCast<T, sbyte>(x),
        2 => Unsafe.BitCast<T, short>(x),
        4 => Unsafe.BitCast<T, int>(x),
        _ => Unsafe.BitCast<T, long>(x),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T FromBits(ulong bits) => Unsafe.SizeOf<T>() switch
    {
        1 => Unsafe.BitCast<byte, T>((byte)bits),
        2 => Unsafe.BitCast<ushort, T>((ushort)bits),
        4 => Unsafe.BitCast<uint, T>((uint)bits),
        _ => Unsafe.BitCast<ulong, T>(bits),
    };
}
