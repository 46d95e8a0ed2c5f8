using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>With E = e^2|x| - 1, E / (E + 2), the quotient corrected for the errors of both its parts.</summary>
internal readonly struct Tanh : IFloatFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => Invoke<W, V, float>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double> => Invoke<W, V, double>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Invoke<W, V, T>(V x) where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var sign = W.And(x, W.Neg(W.Zero));
        var magnitude = W.MinLimit(Constant.Of<W, V, T>(22), W.Abs(x));
        var (high, low, n) = Exponential.LessOne<W, V, T>(W.Add(magnitude, magnitude));
        var power = W.Scale(high, n);
        var powerLow = W.Scale(low, n);
        var (divisor, divisorLow) = ErrorFree.Sum<W, V, T>(power, Constant.Of<W, V, T>(2));
        var (quotient, correction) = ErrorFree.Quotient<W, V, T>(power, powerLow, divisor, W.Add(divisorLow, powerLow));
        return W.Or(W.Add(quotient, correction), sign);
    }
}
