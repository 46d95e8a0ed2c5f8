using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>log(|x| + √(x² + 1)), its argument carried in twice the precision; log(2·|x|) where x² would overflow.</summary>
internal readonly struct Asinh : IFloatFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => Invoke<W, V, float>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double> => Invoke<W, V, double>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Invoke<W, V, T>(V x) where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var sign = W.And(x, W.Neg(W.Zero));
        var magnitude = W.Abs(x);
        var large = W.Greater(magnitude, Constant.Of<W, V, T>(1e6f, 1e18));
        var limited = W.MinLimit(Constant.Of<W, V, T>(1e6f, 1e18), magnitude);

        // √(1 + x²) - 1 = x² / (1 + √(1 + x²)), so that small arguments keep their digits.
        var (square, squareLow) = ErrorFree.Product<W, V, T>(limited, limited);
        var (radicand, radicandLow) = ErrorFree.Sum<W, V, T>(square, W.One);
        var (root, rootLow) = ErrorFree.Root<W, V, T>(radicand, W.Add(radicandLow, squareLow));
        var (divisor, divisorLow) = ErrorFree.Sum<W, V, T>(root, W.One);
        var (excess, excessLow) = ErrorFree.Quotient<W, V, T>(square, squareLow, divisor, W.Add(divisorLow, rootLow));
        var (sum, sumLow) = ErrorFree.Sum<W, V, T>(limited, excess);
        var (u, low) = ErrorFree.Sum<W, V, T>(W.One, sum);
        var correction = W.Div(W.Add(low, W.Add(sumLow, excessLow)), u);

        var result = Logarithm.Invoke<W, V, T>(W.Select(large, magnitude, u), W.And(large, W.One), W.AndNot(correction, large));
        return W.Or(W.Select(W.Less(magnitude, Constant.Of<W, V, T>(double.PositiveInfinity)), result, magnitude), sign);
    }
}
