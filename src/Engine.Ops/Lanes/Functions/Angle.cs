using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>
/// What the trigonometric functions share: x = n·π/2 + r with |r| ≤ π/4, r in twice the precision (Cody and Waite), and the sine and
/// cosine of r as sums of a leading term and a correction.
/// </summary>
internal static class Angle
{
    /// <summary>Beyond it n has too many bits for the reduction to be exact; functions then go through the scalar library.</summary>
    public const double Limit = 1.6e6;

    /// <summary>Mask of arguments beyond <see cref="Limit"/>, infinities included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V IsLarge<W, V>(V x) where W : struct, IFloatLanes<V, double> => W.Greater(W.Abs(x), W.Broadcast(Limit));

    /// <summary>The integer pattern of n, and r with its error. π/2 comes in pieces of 33 bits: n times each is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V Quadrant, V R, V RLow) Reduce<W, V>(V x) where W : struct, IFloatLanes<V, double>
    {
        var n = W.Rint(W.Mul(x, W.Broadcast(0.6366197723675814)));
        var first = W.Sub(x, W.Mul(n, W.Broadcast(1.5707963267341256)));
        var (second, low) = ErrorFree.Sum<W, V, double>(first, W.Mul(n, W.Broadcast(-6.077100506303966e-11)));
        var (third, lower) = ErrorFree.Sum<W, V, double>(second, W.Mul(n, W.Broadcast(-2.0222662487111665e-21)));
        low = W.Sub(W.Add(low, lower), W.Mul(n, W.Broadcast(8.4784276603689e-32)));
        var (r, rLow) = ErrorFree.Sum<W, V, double>(third, low);
        return (PowersOfTwo.Integer<W, V, double>(n), r, rLow);
    }

    /// <summary>sin(r + rLow): r and the correction to it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V High, V Low) Sine<W, V>(V r, V rLow) where W : struct, IFloatLanes<V, double>
    {
        var z = W.Mul(r, r);
        var series = Polynomial.Horner<W, V, double>(
            z, -0.16666666666666632, 0.008333333333322403, -0.00019841269829798684, 2.755731368861611e-06, -2.5050757578265412e-08,
            1.589676343460326e-10);
        var cosine = W.Fma(z, W.Broadcast(-0.5), W.One);
        return (r, W.Fma(W.Mul(r, z), series, W.Mul(rLow, cosine)));
    }

    /// <summary>cos(r + rLow): 1 - r²/2 rounded, and the correction to it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V High, V Low) Cosine<W, V>(V r, V rLow) where W : struct, IFloatLanes<V, double>
    {
        var z = W.Mul(r, r);
        var series = Polynomial.Horner<W, V, double>(
            z, 0.0416666666666666, -0.001388888888887411, 2.4801587289472477e-05, -2.7557314349405377e-07, 2.0875722859544074e-09,
            -1.1359625612540863e-11);
        var (high, error) = ErrorFree.OrderedSum<W, V, double>(W.One, W.Mul(z, W.Broadcast(-0.5)));
        return (high, W.Add(error, W.Fma(W.Mul(z, z), series, W.Neg(W.Mul(r, rLow)))));
    }

    /// <summary>Mask of the odd quadrants, where sine and cosine change places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V IsOdd<W, V>(V quadrant) where W : struct, IFloatLanes<V, double>
        => W.ShiftRightArithmetic(W.ShiftLeft(quadrant, 63), 63);

    /// <summary>The sine of an angle, <paramref name="turn"/> quadrants on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V SineOfTurned<W, V>(V x, ulong turn) where W : struct, IFloatLanes<V, double>
    {
        var (quadrant, r, rLow) = Reduce<W, V>(x);
        quadrant = W.AddBits(quadrant, W.BroadcastBits(turn));
        var (sine, sineLow) = Sine<W, V>(r, rLow);
        var (cosine, cosineLow) = Cosine<W, V>(r, rLow);
        var odd = IsOdd<W, V>(quadrant);
        var value = W.Select(odd, W.Add(cosine, cosineLow), W.Add(sine, sineLow));
        var sign = W.ShiftLeft(W.ShiftRightLogical(quadrant, 1), 63);
        return W.Xor(value, sign);
    }
}
