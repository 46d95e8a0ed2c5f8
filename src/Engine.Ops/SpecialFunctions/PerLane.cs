using Engine.Ops.Lanes;

namespace Engine.Ops.SpecialFunctions;

/// <summary>Takes a scalar function to lanes of either precision: called per lane, in double.</summary>
/// <typeparam name="F">The function.</typeparam>
internal readonly struct PerLane<F> : IFloatFunction where F : struct, IScalarFunction<double>
{
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => W.ThroughDouble<PerLane<F>>(x);

    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double> => W.Map<F>(x);
}

/// <summary>Takes a scalar function of two arguments to lanes of either precision.</summary>
/// <typeparam name="F">The function.</typeparam>
internal readonly struct PerLane2<F> : IFloatFunction2 where F : struct, IScalarFunction2<double>
{
    public static V Single<W, V>(V x, V y) where W : struct, IFloatLanes<V, float> => W.ThroughDouble2<PerLane2<F>>(x, y);

    public static V Double<W, V>(V x, V y) where W : struct, IFloatLanes<V, double> => W.Map2<F>(x, y);
}
