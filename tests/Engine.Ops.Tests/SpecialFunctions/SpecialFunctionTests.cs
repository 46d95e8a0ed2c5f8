using System.Globalization;
using Engine.Ops.SpecialFunctions;

namespace Engine.Ops.Tests.SpecialFunctions;

/// <summary>The special functions against values of high precision on file, and at special values against TensorFlow's answers.</summary>
public class SpecialFunctionTests
{
    private const double Inf = double.PositiveInfinity;
    private const double NaN = double.NaN;

    private static readonly Dictionary<string, Func<double[], double>> Functions = new()
    {
        ["Lgamma"] = One(Lgamma.Invoke),
        ["Digamma"] = One(Digamma.Invoke),
        ["Erfinv"] = One(Erfinv.Invoke),
        ["Ndtri"] = One(Ndtri.Invoke),
        ["BesselI0"] = One(BesselI0.Invoke),
        ["BesselI0e"] = One(BesselI0e.Invoke),
        ["BesselI1"] = One(BesselI1.Invoke),
        ["BesselI1e"] = One(BesselI1e.Invoke),
        ["BesselJ0"] = One(BesselJ0.Invoke),
        ["BesselJ1"] = One(BesselJ1.Invoke),
        ["BesselK0"] = One(BesselK0.Invoke),
        ["BesselK0e"] = One(BesselK0e.Invoke),
        ["BesselK1"] = One(BesselK1.Invoke),
        ["BesselK1e"] = One(BesselK1e.Invoke),
        ["BesselY0"] = One(BesselY0.Invoke),
        ["BesselY1"] = One(BesselY1.Invoke),
        ["Dawsn"] = One(Dawsn.Invoke),
        ["Expint"] = One(Expint.Invoke),
        ["FresnelCos"] = One(FresnelCos.Invoke),
        ["FresnelSin"] = One(FresnelSin.Invoke),
        ["Spence"] = One(Spence.Invoke),
        ["Zeta"] = Two(Zeta.Invoke),
        ["Polygamma"] = Two(Polygamma.Invoke),
        ["Igamma"] = Two(Igamma.Invoke),
        ["Igammac"] = Two(Igammac.Invoke),
        ["IgammaGradA"] = Two(IgammaGradA.Invoke),
        ["RandomGammaGrad"] = Two(RandomGammaGrad.Invoke),
        ["Betainc"] = a => Betainc.Invoke(a[0], a[1], a[2]),
    };

    public static TheoryData<string> Names => new(Functions.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void AreExactInFloatAndNearlySoInDouble(string name)
    {
        var rows = Reference(name);
        Assert.NotEmpty(rows);
        foreach (var row in rows)
        {
            double expected = row[^1], actual = Functions[name](row[..^1]);
            var what = $"{name}({string.Join(", ", row[..^1])}): {actual:R}, not {expected:R}";
            Assert.True(Math.Abs(actual - expected) <= 1e-12 * Math.Abs(expected), what);
            if (Math.Abs(expected) is > 1.2e-38 and < 3.4e38)
            {
                var unit = MathF.BitIncrement(Math.Abs((float)expected)) - Math.Abs((float)expected);
                Assert.True(Math.Abs((float)actual - expected) <= unit, what + " in float");
            }
        }
    }

    [Theory]
    [InlineData("Lgamma", 0, Inf)]
    [InlineData("Lgamma", -3, Inf)]
    [InlineData("Lgamma", -Inf, Inf)]
    [InlineData("Lgamma", Inf, Inf)]
    [InlineData("Lgamma", 1, 0)]
    [InlineData("Digamma", 0, NaN)]
    [InlineData("Digamma", -2, NaN)]
    [InlineData("Digamma", Inf, Inf)]
    [InlineData("Digamma", -Inf, NaN)]
    [InlineData("Erfinv", 1, Inf)]
    [InlineData("Erfinv", -1, -Inf)]
    [InlineData("Erfinv", 1.5, NaN)]
    [InlineData("Ndtri", 0, -Inf)]
    [InlineData("Ndtri", 1, Inf)]
    [InlineData("Ndtri", 0.5, 0)]
    [InlineData("Ndtri", -0.5, NaN)]
    [InlineData("BesselI0", 0, 1)]
    [InlineData("BesselI0", Inf, NaN)]
    [InlineData("BesselI0e", Inf, 0)]
    [InlineData("BesselI1", -720, -Inf)]
    [InlineData("BesselI1e", -Inf, 0)]
    [InlineData("BesselJ0", 0, 1)]
    [InlineData("BesselJ0", Inf, NaN)]
    [InlineData("BesselJ1", 0, 0)]
    [InlineData("BesselK0", 0, Inf)]
    [InlineData("BesselK0", -1, Inf)]
    [InlineData("BesselK0", Inf, 0)]
    [InlineData("BesselK1e", -Inf, Inf)]
    [InlineData("BesselY0", 0, -Inf)]
    [InlineData("BesselY1", -1, -Inf)]
    [InlineData("BesselY1", Inf, NaN)]
    [InlineData("Dawsn", Inf, 0)]
    [InlineData("Expint", 0, -Inf)]
    [InlineData("Expint", -1, NaN)]
    [InlineData("Expint", Inf, NaN)]
    [InlineData("FresnelCos", -Inf, -0.5)]
    [InlineData("FresnelSin", 1e6, 0.5)]
    [InlineData("Spence", 0, 1.6449340668482264)]
    [InlineData("Spence", 1, 0)]
    [InlineData("Spence", -1, NaN)]
    [InlineData("Spence", Inf, NaN)]
    public void SpecialValuesAreTensorFlows(string name, double x, double expected) => Assert.Equal(expected, Functions[name]([x]) + 0);

    [Theory]
    [InlineData("Zeta", 1, 1, Inf)]
    [InlineData("Zeta", 0.5, 1, NaN)]
    [InlineData("Zeta", 2, 0, Inf)]
    [InlineData("Zeta", 3, 0, NaN)]
    [InlineData("Zeta", 3, -1, NaN)]
    [InlineData("Zeta", 2.5, -1.5, NaN)]
    [InlineData("Zeta", 2, Inf, 0)]
    [InlineData("Zeta", Inf, 1, 1)]
    [InlineData("Zeta", Inf, 0.5, Inf)]
    [InlineData("Polygamma", 1, 0, Inf)]
    [InlineData("Polygamma", 2, 0, NaN)]
    [InlineData("Polygamma", -1, 1, NaN)]
    [InlineData("Polygamma", 1.5, 1, NaN)]
    [InlineData("Polygamma", 1, Inf, 0)]
    [InlineData("Igamma", 0, 0, 0)]
    [InlineData("Igamma", 0, 1, NaN)]
    [InlineData("Igamma", 1, -1, NaN)]
    [InlineData("Igamma", Inf, Inf, 0)]
    [InlineData("Igamma", 1, Inf, 1)]
    [InlineData("Igamma", 0, Inf, NaN)]
    [InlineData("Igammac", 0, 0, NaN)]
    [InlineData("Igammac", 1, 0, 1)]
    [InlineData("Igammac", Inf, 1, 1)]
    [InlineData("Igammac", Inf, Inf, 0)]
    [InlineData("Igammac", 2, 1e300, 0)]
    [InlineData("IgammaGradA", 0, 0, 0)]
    [InlineData("IgammaGradA", 0, 1, NaN)]
    [InlineData("IgammaGradA", 2, 1e300, 0)]
    [InlineData("RandomGammaGrad", 1, Inf, 0)]
    [InlineData("RandomGammaGrad", 1000, 100, 0)]
    public void SpecialPairsAreTensorFlows(string name, double x, double y, double expected) => Assert.Equal(expected, Functions[name]([x, y]) + 0);

    [Theory]
    [InlineData(1, 1, 0, 0)]
    [InlineData(1, 1, 1, 1)]
    [InlineData(0, 1, 0.5, NaN)]
    [InlineData(1, -1, 0.5, NaN)]
    [InlineData(1, 1, 1.1, NaN)]
    [InlineData(Inf, 1, 0.5, NaN)]
    [InlineData(1, 1, NaN, NaN)]
    public void BetaincAtItsEnds(double a, double b, double x, double expected) => Assert.Equal(expected, Betainc.Invoke(a, b, x));

    [Theory]
    [MemberData(nameof(Names))]
    public void NaNStaysNaN(string name)
    {
        var count = Reference(name)[0].Length - 1;
        for (var at = 0; at < count; at++)
        {
            var arguments = Enumerable.Repeat(0.5, count).ToArray();
            arguments[at] = NaN;
            Assert.True(double.IsNaN(Functions[name](arguments)), $"argument {at}");
        }
    }

    [Fact]
    public void LargeShapesStayExactAndFast()
    {
        Assert.Equal(0.50000132980759, Igamma.Invoke(1e10, 1e10), 12);
        Assert.Equal(0.841344786368340, Igamma.Invoke(1e6, 1.001e6), 12);
        Assert.Equal(1.0005000001666, RandomGammaGrad.Invoke(1e6, 1.001e6), 10);
        Assert.Equal(1.0000166668332, RandomGammaGrad.Invoke(1e4, 1e4), 9);
        Assert.Equal(0.5, Betainc.Invoke(1e8, 1e8, 0.5), 10);
    }

    private static Func<double[], double> One(Func<double, double> function) => a => function(a[0]);

    private static Func<double[], double> Two(Func<double, double, double> function) => a => function(a[0], a[1]);

    private static double[][] Reference(string name)
    {
        using var stream = typeof(SpecialFunctionTests).Assembly.GetManifestResourceStream("special.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Select(line => line.Split(' ')).Where(cells => cells[0] == name)
            .Select(cells => cells[1..].Select(c => BitConverter.UInt64BitsToDouble(ulong.Parse(c, NumberStyles.HexNumber))).ToArray())];
    }
}
