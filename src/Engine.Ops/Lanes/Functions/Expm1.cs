using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>eˣ - 1. Below -60 it is -1.</summary>
internal readonly struct Expm1 : IFloatFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => Invoke<W, V, float>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double> => Invoke<W, V, double>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Invoke<W, V, T>(V x) where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var (high, _, n) = Exponential.LessOne<W, V, T>(Exponential.Limit<W, V, T>(x, -60f, -60));
        return W.Select(W.Equal(x, W.Zero), x, W.Scale(high, n));
    }
}
