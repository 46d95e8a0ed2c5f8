using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>The natural logarithm.</summary>
internal readonly struct Log : IFloatFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => Invoke<W, V, float>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double> => Invoke<W, V, double>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Invoke<W, V, T>(V x) where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        // Subnormal numbers are scaled up first.
        var tiny = W.Less(x, Constant.Of<W, V, T>(1.1754944e-38f, 2.2250738585072014e-308));
        var scaled = W.Select(tiny, W.Mul(x, Constant.Of<W, V, T>(33554432f, 18014398509481984)), x);
        var result = Logarithm.Invoke<W, V, T>(scaled, W.And(tiny, Constant.Of<W, V, T>(-25f, -54)), W.Zero);
        return Ends<W, V, T>(x, result);
    }

    /// <summary>NaN below zero, -∞ at zero; infinity and NaN stay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Ends<W, V, T>(V x, V result) where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var infinity = Constant.Of<W, V, T>(double.PositiveInfinity);
        result = W.Select(W.Less(x, infinity), result, x);
        result = W.Select(W.Equal(x, W.Zero), W.Neg(infinity), result);
        return W.Select(W.Less(x, W.Zero), Constant.Of<W, V, T>(double.NaN), result);
    }
}
