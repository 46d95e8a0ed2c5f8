using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>
/// Sine and cosine in double precision as exact as float results need, some 37 bits: for <see cref="IFloatLanes{V, T}.ThroughDouble{F}"/>.
/// </summary>
internal static class ShortSine
{
    /// <summary>The sine of an angle, <paramref name="turn"/> quadrants on, within <see cref="Angle.Limit"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V OfTurned<W, V>(V x, ulong turn) where W : struct, IFloatLanes<V, double>
    {
        var (quadrant, sine, cosine) = Both<W, V>(x);
        quadrant = W.AddBits(quadrant, W.BroadcastBits(turn));
        var value = W.Select(Angle.IsOdd<W, V>(quadrant), cosine, sine);
        return W.Xor(value, W.ShiftLeft(W.ShiftRightLogical(quadrant, 1), 63));
    }

    /// <summary>The integer pattern of the quadrant, and sine and cosine of what is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V Quadrant, V Sine, V Cosine) Both<W, V>(V x) where W : struct, IFloatLanes<V, double>
    {
        var n = W.Rint(W.Mul(x, W.Broadcast(0.6366197723675814)));
        var r = W.Fma(n, W.Broadcast(-1.5707963267341256), x);
        r = W.Fma(n, W.Broadcast(-6.077100506506192e-11), r);
        var z = W.Mul(r, r);
        var sine = Polynomial.Horner<W, V, double>(
            z, -0.16666666641426509, 0.008333329362278836, -0.00019839327136085539, 2.718237272583088e-06);
        var cosine = Polynomial.Horner<W, V, double>(
            z, 0.04166666662247758, -0.001388888372264009, 2.479951176455345e-05, -2.7209547653851e-07);
        cosine = W.Fma(z, W.Fma(z, cosine, W.Broadcast(-0.5)), W.One);
        return (PowersOfTwo.Integer<W, V, double>(n), W.Fma(W.Mul(r, z), sine, r), cosine);
    }
}
