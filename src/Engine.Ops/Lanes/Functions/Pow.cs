namespace Engine.Ops.Lanes.Functions;

/// <summary>See <see cref="IFloatLanes{V, T}.Pow"/>.</summary>
internal readonly struct Pow : IFloatFunction2
{
    public static V Single<W, V>(V x, V y) where W : struct, IFloatLanes<V, float> => W.ThroughDouble2<Pow>(x, y);

    public static V Double<W, V>(V x, V y) where W : struct, IFloatLanes<V, double> => W.Map2<Scalar>(x, y);

    private readonly struct Scalar : IScalarFunction2<double>
    {
        public static double Invoke(double x, double y) => Math.Pow(x, y);
    }
}
