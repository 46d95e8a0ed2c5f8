using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>The error function: odd series up to ½, one minus the complement beyond.</summary>
internal readonly struct Erf : IFloatFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => W.ThroughDouble<Erf>(x);

    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double>
    {
        var sign = W.And(x, W.Neg(W.Zero));
        var magnitude = W.Abs(x);
        var near = W.Add(magnitude, ErrorFunction.NearRest<W, V>(magnitude));
        var far = W.Sub(W.One, ErrorFunction.Complement<W, V>(magnitude));
        return W.Or(W.Select(W.Less(magnitude, W.Broadcast(ErrorFunction.Middle)), near, far), sign);
    }
}
