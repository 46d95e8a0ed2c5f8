using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes;

/// <summary>Multiplication by powers of two through the exponent bits.</summary>
internal static class PowersOfTwo
{
    /// <summary>x·2ⁿ in two steps, each a normal power of two, so that the result may overflow or become subnormal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Scale<W, V, T>(V x, V n) where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var integer = Integer<W, V, T>(n);
        var half = W.ShiftRightArithmetic(integer, 1);
        return W.Mul(W.Mul(x, Power<W, V, T>(half)), Power<W, V, T>(W.SubBits(integer, half)));
    }

    /// <summary>The pattern of the integer n, |n| below 2²² (2⁵¹ in double): added to 1.5·2²³, it stands in the low bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Integer<W, V, T>(V n) where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var magic = W.BroadcastBits(typeof(T) == typeof(float) ? 0x4B400000ul : 0x4338000000000000ul);
        return W.SubBits(W.Add(n, magic), magic);
    }

    /// <summary>2 to the power of an integer pattern, within the normal exponents.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Power<W, V, T>(V integer) where W : struct, IFloatLanes<V, T> where T : unmanaged => typeof(T) == typeof(float)
        ? W.ShiftLeft(W.AddBits(integer, W.BroadcastBits(127)), 23)
        : W.ShiftLeft(W.AddBits(integer, W.BroadcastBits(1023)), 52);

    /// <summary>The number that an integer pattern stands for, the inverse of <see cref="Integer"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<W, V, T>(V integer) where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var magic = W.BroadcastBits(typeof(T) == typeof(float) ? 0x4B400000ul : 0x4338000000000000ul);
        return W.Sub(W.AddBits(integer, magic), magic);
    }
}
