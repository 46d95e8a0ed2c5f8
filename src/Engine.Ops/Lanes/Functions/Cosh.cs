namespace Engine.Ops.Lanes.Functions;

/// <summary>See <see cref="IFloatLanes{V, T}.Cosh"/>.</summary>
internal readonly struct Cosh : IFloatFunction
{
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => W.ThroughDouble<Cosh>(x);

    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double> => W.Map<Scalar>(x);

    private readonly struct Scalar : IScalarFunction<double>
    {
        public static double Invoke(double x) => Math.Cosh(x);
    }
}
