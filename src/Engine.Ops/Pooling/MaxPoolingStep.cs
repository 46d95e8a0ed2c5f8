using System.Runtime.CompilerServices;
using Engine.Ops.Lanes;

namespace Engine.Ops.Pooling;

/// <summary>The largest element that is not NaN, from the lowest finite number on.</summary>
internal readonly struct MaxPoolingStep : IPoolingStep
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Start<W, V>()
        where W : struct, IFloatLanes<V, float>
        => W.Broadcast(float.MinValue);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Add<W, V>(V x, V result)
        where W : struct, IFloatLanes<V, float>
        => W.Select(W.Greater(x, result), x, result);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V End<W, V>(V result, float count)
        where W : struct, IFloatLanes<V, float>
        => result;
}
