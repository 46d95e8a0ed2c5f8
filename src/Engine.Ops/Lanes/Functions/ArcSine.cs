using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>
/// What arc sine and arc cosine share. Up to ½, arcsin y = y + y³·P(y²); beyond, arcsin |x| = π/2 - 2·arcsin y with
/// y = √((1 - |x|) / 2).
/// </summary>
internal static class ArcSine
{
    /// <summary>Mask of |x| above ½, y, and what to add to y for its arc sine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V Far, V Y, V Tail) Reduce<W, V>(V magnitude) where W : struct, IFloatLanes<V, double>
    {
        var half = W.Broadcast(0.5);
        var far = W.Greater(magnitude, half);
        var farSquare = W.Mul(W.Sub(W.One, magnitude), half);
        var (root, rootLow) = ErrorFree.Root<W, V, double>(farSquare, W.Zero);
        rootLow = W.Select(W.Equal(farSquare, W.Zero), W.Zero, rootLow);

        var z = W.Select(far, farSquare, W.Mul(magnitude, magnitude));
        var y = W.Select(far, root, magnitude);
        var series = Polynomial.Horner<W, V, double>(
            z, 0.16666666666666763, 0.07499999999970094, 0.04464285717528987, 0.030381942675101158, 0.022372215910762317,
            0.017351595416663115, 0.013981019485156622, 0.011397285694329662, 0.01078936016040141, 0.0036720454644967727,
            0.021790969539536024, -0.021117152891586582, 0.03270242000894577);
        return (far, y, W.Fma(W.Mul(y, z), series, W.And(far, rootLow)));
    }

    /// <summary>start - times·(y + rest), the start in twice the precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Complement<W, V>(double start, double startLow, V times, V y, V rest) where W : struct, IFloatLanes<V, double>
    {
        var (sum, error) = ErrorFree.OrderedSum<W, V, double>(W.Broadcast(start), W.Neg(W.Mul(times, y)));
        return W.Add(sum, W.Add(error, W.Sub(W.Broadcast(startLow), W.Mul(times, rest))));
    }
}
