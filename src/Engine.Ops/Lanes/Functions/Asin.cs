namespace Engine.Ops.Lanes.Functions;

/// <summary>See <see cref="IFloatLanes{V, T}.Asin"/>.</summary>
internal readonly struct Asin : IFloatFunction
{
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => W.ThroughDouble<Asin>(x);

    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double> => W.Map<Scalar>(x);

    private readonly struct Scalar : IScalarFunction<double>
    {
        public static double Invoke(double x) => Math.Asin(x);
    }
}
