namespace Engine.Ops.Lanes.Functions;

/// <summary>See <see cref="IFloatLanes{V, T}.Sigmoid"/>.</summary>
internal readonly struct Sigmoid : IFloatFunction
{
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => W.ThroughDouble<Sigmoid>(x);

    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double> => W.Map<Scalar>(x);

    private readonly struct Scalar : IScalarFunction<double>
    {
        public static double Invoke(double x) => 1 / (1 + Math.Exp(-x));
    }
}
