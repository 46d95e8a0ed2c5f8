using System.Runtime.CompilerServices;
using Engine.Ops.Lanes;

namespace Engine.Ops.Pooling;

/// <summary>The mean.</summary>
internal readonly struct AveragePoolingStep : IPoolingStep
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Start<W, V>()
        where W : struct, IFloatLanes<V, float>
        => W.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Add<W, V>(V x, V result)
        where W : struct, IFloatLanes<V, float>
        => W.Add(result, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V End<W, V>(V result, float count)
        where W : struct, IFloatLanes<V, float>
        => W.Div(result, W.Broadcast(count));
}
