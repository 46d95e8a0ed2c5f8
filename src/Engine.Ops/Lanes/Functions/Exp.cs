using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>eˣ = 2ⁿ·(1 + (r + tail)).</summary>
internal readonly struct Exp : IFloatFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => Invoke<W, V, float>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double> => Invoke<W, V, double>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Invoke<W, V, T>(V x) where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var (n, r, tail) = Exponential.Reduce<W, V, T>(Exponential.Limit<W, V, T>(x, -110f, -760));
        return W.Scale(W.Add(W.One, W.Add(r, tail)), n);
    }
}
