using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>The complement of the error function, which keeps its digits where it is small.</summary>
internal readonly struct Erfc : IFloatFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => W.ThroughDouble<Erfc>(x);

    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double>
    {
        var magnitude = W.Abs(x);
        var (sum, error) = ErrorFree.OrderedSum<W, V, double>(W.One, W.Neg(x));
        var near = W.Add(sum, W.Sub(error, ErrorFunction.NearRest<W, V>(x)));
        var far = ErrorFunction.Complement<W, V>(magnitude);
        far = W.Select(W.Less(x, W.Zero), W.Sub(W.Broadcast(2), far), far);
        return W.Select(W.Less(magnitude, W.Broadcast(ErrorFunction.Middle)), near, far);
    }
}
