using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes;

/// <summary>Conversions between float lanes and 16-bit floats, whose patterns stand in the low halves of the lanes.</summary>
internal static class SixteenBits
{
    /// <summary>float16 to float: exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V FromHalf<W, V>(V bits) where W : struct, IFloatLanes<V, float>
    {
        // Exponent and mantissa, moved into place, are a float too small by 2^112; that product is exact, subnormals included.
        var magnitude = W.ShiftLeft(W.And(bits, W.BroadcastBits(0x7FFF)), 13);
        var sign = W.ShiftLeft(W.And(bits, W.BroadcastBits(0x8000)), 16);
        var value = W.Mul(magnitude, W.Broadcast(5.192297e33f));
        var special = W.GreaterOrEqual(value, W.Broadcast(65536f));
        return W.Or(sign, W.Or(value, W.And(special, W.BroadcastBits(0x7F800000))));
    }

    /// <summary>float to float16, to nearest, ties to even; overflow gives infinity and NaN stays quiet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ToHalf<W, V>(V x) where W : struct, IFloatLanes<V, float>
    {
        var sign = W.And(x, W.BroadcastBits(0x80000000));
        var magnitude = W.Xor(x, sign);

        // Normal: re-bias, add half a unit (less one when the last kept bit is even), cut.
        var odd = W.And(W.ShiftRightLogical(magnitude, 13), W.BroadcastBits(1));
        var normal = W.ShiftRightLogical(W.AddBits(W.AddBits(magnitude, W.BroadcastBits(0xC8000FFF)), odd), 13);

        // Subnormal: added to 0.5, whose unit is the smallest float16, the float addition rounds.
        var half = W.Broadcast(0.5f);
        var subnormal = W.SubBits(W.Add(magnitude, half), half);

        var result = W.Select(W.Less(magnitude, W.Broadcast(6.1035156e-05f)), subnormal, normal);
        result = W.Select(W.GreaterOrEqual(magnitude, W.Broadcast(65520f)), W.BroadcastBits(0x7C00), result);
        var quiet = W.Or(W.And(W.ShiftRightLogical(magnitude, 13), W.BroadcastBits(0x03FF)), W.BroadcastBits(0x7E00));
        result = W.Select(W.IsNaN(x), quiet, result);
        return W.Or(result, W.ShiftRightLogical(sign, 16));
    }

    /// <summary>float to bfloat16, to nearest, ties to even; NaN stays quiet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ToBFloat16<W, V>(V x) where W : struct, IFloatLanes<V, float>
    {
        var upper = W.ShiftRightLogical(x, 16);
        var odd = W.And(upper, W.BroadcastBits(1));
        var rounded = W.ShiftRightLogical(W.AddBits(W.AddBits(x, W.BroadcastBits(0x7FFF)), odd), 16);
        return W.Select(W.IsNaN(x), W.Or(upper, W.BroadcastBits(0x0040)), rounded);
    }
}
