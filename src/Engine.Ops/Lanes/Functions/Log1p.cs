namespace Engine.Ops.Lanes.Functions;

/// <summary>See <see cref="IFloatLanes{V, T}.Log1p"/>.</summary>
internal readonly struct Log1p : IFloatFunction
{
    public static V Single<W, V>(V x) where W : struct, IFloatLanes<V, float> => W.ThroughDouble<Log1p>(x);

    public static V Double<W, V>(V x) where W : struct, IFloatLanes<V, double> => W.Map<Scalar>(x);

    private readonly struct Scalar : IScalarFunction<double>
    {
        public static double Invoke(double x)
        {
            var u = 1 + x;
            return u == 1 ? x : double.IsInfinity(u) ? u : Math.Log(u) * x / (u - 1);
        }
    }
}
