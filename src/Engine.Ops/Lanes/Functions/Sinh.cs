using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>With S = (e^|x| - 1) / 2, S + S / (2·S + 1): nothing cancels, nor overflows before the result does.</summary>
internal readonly struct Sinh : IFloatFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => Invoke<W, V, float>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double> => Invoke<W, V, double>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Invoke<W, V, T>(V x) where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var sign = W.And(x, W.Neg(W.Zero));
        var (high, low, n) = Exponential.LessOne<W, V, T>(Exponential.Limit<W, V, T>(W.Abs(x), 0f, 0));
        n = W.Sub(n, W.One);
        var half = W.Scale(high, n);
        var halfLow = W.Scale(low, n);

        // The second term is one half to all digits long before the first is large.
        var limited = W.MinLimit(Constant.Of<W, V, T>(1e18), half);
        var twice = W.Add(limited, limited);
        var (divisor, divisorLow) = ErrorFree.Sum<W, V, T>(twice, W.One);
        var (quotient, correction) = ErrorFree.Quotient<W, V, T>(limited, halfLow, divisor, W.Add(divisorLow, W.Add(halfLow, halfLow)));
        var small = W.Less(half, Constant.Of<W, V, T>(1e18));
        var (sum, error) = ErrorFree.Sum<W, V, T>(half, quotient);
        var result = W.Add(sum, W.Add(error, W.Add(halfLow, correction)));
        return W.Or(W.Select(small, result, half), sign);
    }
}
