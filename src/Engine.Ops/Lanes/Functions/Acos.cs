using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>Arc cosine, π/2 - arcsin x up to |x| = ½, from π or 0 beyond; see <see cref="ArcSine"/>.</summary>
internal readonly struct Acos : IFloatFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => W.ThroughDouble<Acos>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double>
    {
        var (far, y, rest) = ArcSine.Reduce<W, V>(W.Abs(x));
        var negative = W.Less(x, W.Zero);
        var sign = W.And(x, W.Neg(W.Zero));
        var near = ArcSine.Complement<W, V>(1.5707963267948966, 6.123233995736766e-17, W.One, W.Xor(y, sign), W.Xor(rest, sign));
        var fromPi = ArcSine.Complement<W, V>(3.141592653589793, 1.2246467991473532e-16, W.Broadcast(2), y, rest);
        var fromZero = W.Mul(W.Broadcast(2), W.Add(y, rest));
        return W.Select(far, W.Select(negative, fromPi, fromZero), near);
    }
}
