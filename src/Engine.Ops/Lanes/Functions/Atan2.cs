namespace Engine.Ops.Lanes.Functions;

/// <summary>See <see cref="IFloatLanes{V, T}.Atan2"/>.</summary>
internal readonly struct Atan2 : IFloatFunction2
{
    public static V Single<W, V>(V y, V x) where W : struct, IFloatLanes<V, float> => W.ThroughDouble2<Atan2>(y, x);

    public static V Double<W, V>(V y, V x) where W : struct, IFloatLanes<V, double> => W.Map2<Scalar>(y, x);

    private readonly struct Scalar : IScalarFunction2<double>
    {
        public static double Invoke(double y, double x) => Math.Atan2(y, x);
    }
}
