using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>With t = x - 1, log(1 + t + √(2·t + t²)) in twice the precision; log(2·x) where t² would overflow.</summary>
internal readonly struct Acosh : IFloatFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => Invoke<W, V, float>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double> => Invoke<W, V, double>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Invoke<W, V, T>(V x) where W : struct, IFloatLanes<V, T> where T : unmanaged
    {
        var large = W.Greater(x, Constant.Of<W, V, T>(1e6f, 1e18));
        var limited = W.MinLimit(Constant.Of<W, V, T>(1e6f, 1e18), x);

        // (x - 1)·(x + 1), each factor exact with its error.
        var (less, lessLow) = ErrorFree.Sum<W, V, T>(limited, W.Neg(W.One));
        var (more, moreLow) = ErrorFree.Sum<W, V, T>(limited, W.One);
        var (square, squareLow) = ErrorFree.Product<W, V, T>(less, more);
        squareLow = W.Add(squareLow, W.Add(W.Mul(less, moreLow), W.Mul(more, lessLow)));
        var (root, rootLow) = ErrorFree.Root<W, V, T>(square, squareLow);
        rootLow = W.Select(W.Equal(square, W.Zero), W.Zero, rootLow);
        var (sum, sumLow) = ErrorFree.Sum<W, V, T>(less, root);
        var (u, low) = ErrorFree.Sum<W, V, T>(W.One, sum);
        var correction = W.Div(W.Add(low, W.Add(W.Add(sumLow, lessLow), rootLow)), u);

        var result = Logarithm.Invoke<W, V, T>(W.Select(large, x, u), W.And(large, W.One), W.AndNot(correction, large));
        result = W.Select(W.Less(x, Constant.Of<W, V, T>(double.PositiveInfinity)), result, x);
        return W.Select(W.Less(x, W.One), Constant.Of<W, V, T>(double.NaN), result);
    }
}
