using Engine.Ops.Lanes;

namespace Engine.Ops.SpecialFunctions;

/// <summary>The modified Bessel function K₁, times eˣ; +∞ at and below zero.</summary>
internal readonly struct BesselK1e : IScalarFunction<double>
{
    // K1(x)·eˣ·√x in 1/x on [0, 1/2]
    private static ReadOnlySpan<double> Far =>
    [
        1.3603130952422213, 0.10392373657681724, -0.002857816859622779, 0.00019521551847135162, -1.936197974166083e-05,
        2.406484947837217e-06, -3.5019606030878126e-07, 5.7410841254500495e-08, -1.0345762465678097e-08, 2.0150497551970347e-09,
        -4.1903547593419254e-10, 9.218315187605315e-11, -2.129967838427791e-11, 5.139639673482343e-12, -1.2891739609498229e-12,
        3.348419666052243e-13, -8.976705182010146e-14, 2.4771544242195988e-14, -7.0198370892147685e-15, 2.038703166239861e-15,
        -6.057047270643018e-16, 1.8380935752430455e-16, -5.689462849193648e-17, 1.7940510478863572e-17, -5.7567444820733025e-18,
    ];

    public static double Invoke(double x)
    {
        if (x <= 0) return double.PositiveInfinity;
        return x <= 2 ? BesselK1.Near2(x) * Math.Exp(x) : Chebyshev.Evaluate(Far, 1 / x, 0, 0.5) / Math.Sqrt(x);
    }
}
