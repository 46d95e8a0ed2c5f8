using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>Arc sine; see <see cref="ArcSine"/>.</summary>
internal readonly struct Asin : IFloatFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => W.ThroughDouble<Asin>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double>
    {
        var sign = W.And(x, W.Neg(W.Zero));
        var (far, y, rest) = ArcSine.Reduce<W, V>(W.Abs(x));
        var complement = ArcSine.Complement<W, V>(1.5707963267948966, 6.123233995736766e-17, W.Broadcast(2), y, rest);
        return W.Or(W.Select(far, complement, W.Add(y, rest)), sign);
    }
}
