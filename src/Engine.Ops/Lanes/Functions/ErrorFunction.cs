using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes.Functions;

/// <summary>What the error function and its complement share, in double precision.</summary>
internal static class ErrorFunction
{
    /// <summary>From here on the complement comes first and the function from it.</summary>
    public const double Middle = 0.5;

    /// <summary>erf x for |x| ≤ ½: what to add to x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V NearRest<W, V>(V x) where W : struct, IFloatLanes<V, double> => W.Mul(x, Polynomial.Horner<W, V, double>(
        W.Mul(x, x), 0.1283791670955126, -0.3761263890318375, 0.11283791670954867, -0.026866170644998615, 0.005223977621991097,
        -0.0008548326507381357, 0.00012055285950840792, -1.4922992476114645e-05, 1.6370981716138007e-06, -1.4618486640670496e-07));

    /// <summary>
    /// erfc x for x ≥ ½: exp(-x²)·F / (1 + 2·x), F a polynomial in (x - 3.5) / (x + 3.5) after Shepherd and Laframboise (1981), every
    /// factor in twice the precision, since x² is large.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Complement<W, V>(V x) where W : struct, IFloatLanes<V, double>
    {
        x = W.MinLimit(W.Broadcast(28), x);
        var (square, squareLow) = ErrorFree.Product<W, V, double>(x, x);
        var (power, powerLow, n) = Exponential.HighLow<W, V, double>(W.Neg(square));
        powerLow = W.Sub(powerLow, W.Mul(power, squareLow));

        var t = W.Div(W.Sub(x, W.Broadcast(3.5)), W.Add(x, W.Broadcast(3.5)));
        var slope = Polynomial.Horner<W, V, double>(
            t, -0.14000918013761943, -0.010555596332218323, 0.09751909515325881, -0.11508959816018975,
            0.08798315382485691, -0.048823325827952485, 0.019099330942607705, -0.00421501990729089, -0.00030226788024793536,
            0.0005643844156952309, -0.00012151239855740215, -4.278223098332655e-05, 2.426082632861504e-05, 2.3283308975142807e-06,
            -3.8140978695825908e-06, -4.430216173405461e-08, 5.997094013412474e-07, -7.855076737306188e-09, -9.264418246113567e-08,
            5.408150607664528e-10, 1.0267535725847065e-08);
        var (factor, factorLow) = ErrorFree.OrderedSum<W, V, double>(W.Broadcast(1.2423492448711544), W.Mul(slope, t));

        var (product, productLow) = ErrorFree.Product<W, V, double>(power, factor);
        productLow = W.Add(productLow, W.Fma(powerLow, factor, W.Mul(power, factorLow)));
        var (divisor, divisorLow) = ErrorFree.Sum<W, V, double>(W.One, W.Add(x, x));
        var (quotient, correction) = ErrorFree.Quotient<W, V, double>(product, productLow, divisor, divisorLow);
        return W.Scale(W.Add(quotient, correction), n);
    }
}
