using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>With S = e^|x| / 2, S + 1 / (4·S).</summary>
internal readonly struct Cosh : IFloatFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => Invoke<W, V, float>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double> => Invoke<W, V, double>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Invoke<W, V, T>(V x) where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var (high, low, n) = Exponential.HighLow<W, V, T>(Exponential.Limit<W, V, T>(W.Abs(x), 0f, 0));
        n = W.Sub(n, W.One);
        var half = W.Scale(high, n);
        var rest = W.Add(W.Scale(low, n), W.Div(Constant.Of<W, V, T>(0.25), half));
        return W.Add(half, rest);
    }
}
