using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes;

/// <summary>Constants of formulas that serve both precisions.</summary>
internal static class Constant
{
    /// <summary>The number in every lane, rounded to the precision of the lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<W, V, T>(double value) where W : struct, IFloatLanes<V, T> where T : unmanaged => typeof(T) == typeof(float)
        ? W.BroadcastBits(BitConverter.SingleToUInt32Bits((float)value))
        : W.BroadcastBits(BitConverter.DoubleToUInt64Bits(value));

    /// <summary>One number for float lanes, another for double lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<W, V, T>(float single, double whole) where W : struct, IFloatLanes<V, T> where T : unmanaged
        => Of<W, V, T>(typeof(T) == typeof(float) ? single : whole);
}
