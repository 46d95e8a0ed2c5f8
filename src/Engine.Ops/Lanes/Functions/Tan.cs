namespace Engine.Ops.Lanes.Functions;

/// <summary>See <see cref="IFloatLanes{V, T}.Tan"/>.</summary>
internal readonly struct Tan : IFloatFunction
{
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => W.ThroughDouble<Tan>(x);

    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double> => W.Map<Scalar>(x);

    private readonly struct Scalar : IScalarFunction<double>
    {
        public static double Invoke(double x) => Math.Tan(x);
    }
}
