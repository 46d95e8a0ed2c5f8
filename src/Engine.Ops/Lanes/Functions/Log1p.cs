using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>log(1 + x): the part of x that is lost in 1 + x comes back divided by it.</summary>
internal readonly struct Log1p : IFloatFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => Invoke<W, V, float>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double> => Invoke<W, V, double>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Invoke<W, V, T>(V x) where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var (u, low) = ErrorFree.Sum<W, V, T>(W.One, x);
        var result = Logarithm.Invoke<W, V, T>(u, W.Zero, W.Div(low, u));
        return W.Select(W.Equal(x, W.Zero), x, Log.Ends<W, V, T>(u, result));
    }
}
