namespace Engine.Ops.SpecialFunctions;

/// <summary>
/// What the Bessel functions of the first and second kind share beyond 8: √(2/πx)·(P·cos χ - Q·sin χ), and the same with χ a right
/// angle on.
/// </summary>
internal static class BesselPhase
{
    // P of order 0 in (8/x)² on [0, 1]
    private static ReadOnlySpan<double> P0 =>
    [
        0.9994603493475187, -0.0005365220468132117, 3.0751847875194745e-06, -5.1705945376060975e-08, 1.6306464635151382e-09,
        -7.86409137723707e-11, 5.168262387349193e-12, -4.3045788699253914e-13, 4.3265957431549404e-14, -5.069034095935236e-15,
        6.748072215733873e-16, -1.0011513723467786e-16, 1.6305919233744186e-17, -2.880866169482871e-18,
    ];

    // x·Q of order 0
    private static ReadOnlySpan<double> Q0 =>
    [
        -0.12444683684269607, 0.0005470815954089319, -5.9315987288485175e-06, 1.4377965798375193e-07, -5.817532749493056e-09,
        3.376097523734991e-10, -2.565397936797308e-11, 2.404916100281365e-12, -2.6690625482579414e-13, 3.4041800321963686e-14,
        -4.87994410531204e-15, 7.729703176242605e-16, -1.3348852171502517e-16, 2.4865952389390515e-17, -4.952892629886516e-18,
        1.0473158973776097e-18, -2.336930172211422e-19,
    ];

    // P of order 1
    private static ReadOnlySpan<double> P1 =>
    [
        1.0009030408600137, 0.0008989898330859408, -3.987284300488908e-06, 6.177633960644299e-08, -1.8718907491063067e-09,
        8.816898659582339e-11, -5.704863640395645e-12, 4.699195515230542e-13, -4.6842237839904895e-14, 5.452674896044717e-15,
        -7.221180842274018e-16, 1.0667689114335412e-16, -1.7312313216116335e-17, 3.0492991197665872e-18,
    ];

    // x·Q of order 1
    private static ReadOnlySpan<double> Q1 =>
    [
        0.3742222965562826, -0.0007702178839325664, 7.3108922063643636e-06, -1.676782510726674e-07, 6.583354662120443e-09,
        -3.749090950541556e-10, 2.8121750359748866e-11, -2.61145253946232e-12, 2.8774212663332235e-13, -3.649001916061838e-14,
        5.206626366226707e-15, -8.215318025458595e-16, 1.4141084390211833e-16, -2.626761589838529e-17, 5.2192649196714085e-18,
        -1.101261718787959e-18,
    ];

    /// <summary>J of order 0 or 1 at x above 8; with <paramref name="second"/>, Y.</summary>
    public static double Far(double x, int order, bool second)
    {
        if (double.IsInfinity(x)) return double.NaN;
        double w = 64 / x / x, p, q;
        if (order == 0) (p, q) = (Chebyshev.Evaluate(P0, w, 0, 1), Chebyshev.Evaluate(Q0, w, 0, 1) / x);
        else (p, q) = (Chebyshev.Evaluate(P1, w, 0, 1), Chebyshev.Evaluate(Q1, w, 0, 1) / x);

        // The sine and cosine of χ = x - π/4 - order·π/2, from those of x, which are reduced exactly.
        var (sine, cosine) = Math.SinCos(x);
        const double RootHalf = 0.7071067811865476;
        var (sineOf, cosineOf) = order == 0
            ? ((sine - cosine) * RootHalf, (sine + cosine) * RootHalf)
            : (-(sine + cosine) * RootHalf, (sine - cosine) * RootHalf);
        var sum = second ? p * sineOf + q * cosineOf : p * cosineOf - q * sineOf;
        return Math.Sqrt(2 / Math.PI) / Math.Sqrt(x) * sum;
    }
}
