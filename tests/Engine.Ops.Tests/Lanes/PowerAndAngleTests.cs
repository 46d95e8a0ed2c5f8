using Engine.Ops.Lanes;
using Engine.Ops.Lanes.Functions;

namespace Engine.Ops.Tests.Lanes;

/// <summary>The functions of two arguments, at every width, against correctly rounded values and C's special values.</summary>
public class PowerAndAngleTests
{
    [Fact]
    public void Powers() => Check<Pow>("Pow", Math.Pow);

    [Fact]
    public void Angles() => Check<Atan2>("Atan2", Math.Atan2);

    private static void Check<F>(string name, Func<double, double, double> library) where F : struct, IFloatFunction2
    {
        var rows = ElementaryFunctionTests.Reference(name);
        EveryWidth.Run(new DoubleTest<F>(rows));

        // Floats near the same points, and all pairs of special values; double precision is the reference.
        double[] special = [0, -0d, 1, -1, 2, -2, 3, -3, 0.5, -0.5, 1.5, -2.5, double.PositiveInfinity, double.NegativeInfinity, double.NaN];
        var pairs = rows.Select(r => ((float)r[0], (float)r[1])).Concat(from x in special from y in special select ((float)x, (float)y)).ToArray();
        EveryWidth.Run(new SingleTest<F>(pairs, library));
    }

    private sealed class DoubleTest<F>(double[][] rows) : ILaneTest<double> where F : struct, IFloatFunction2
    {
        public void Run<W, V>(string width) where W : struct, IFloatLanes<V, double>, IIntegerLanes<V, double>
        {
            var results = EveryWidth.Map2<W, V, double>([.. rows.Select(r => r[0])], [.. rows.Select(r => r[1])], F.Double<W, V>);
            for (var i = 0; i < rows.Length; i++)
            {
                var unit = ElementaryFunctionTests.UnitOf(rows[i][2]);
                ElementaryFunctionTests.AssertWithinTwoUnits(rows[i][2], results[i], unit, $"{typeof(F).Name}({rows[i][0]:R}, {rows[i][1]:R}) at {width}");
            }
        }
    }

    private sealed class SingleTest<F>((float X, float Y)[] pairs, Func<double, double, double> library) : ILaneTest<float> where F : struct, IFloatFunction2
    {
        public void Run<W, V>(string width) where W : struct, IFloatLanes<V, float>, IIntegerLanes<V, float>
        {
            var results = EveryWidth.Map2<W, V, float>([.. pairs.Select(p => p.X)], [.. pairs.Select(p => p.Y)], F.Single<W, V>);
            for (var i = 0; i < pairs.Length; i++)
            {
                var exact = library(pairs[i].X, pairs[i].Y);
                var expected = (float)exact;
                if (float.IsSubnormal(expected)) continue;
                var what = $"{typeof(F).Name}({pairs[i].X:R}, {pairs[i].Y:R}) at {width}";
                if (float.IsFinite(expected)) ElementaryFunctionTests.AssertWithinTwoUnits(exact, results[i], MathF.BitIncrement(Math.Abs(expected)) - Math.Abs(expected), what);
                else Assert.True(expected.Equals(results[i]), $"{what}: {results[i]}, not {expected}");
                if (!float.IsNaN(expected)) Assert.True(float.IsNegative(expected) == float.IsNegative(results[i]), $"{what}: sign of {results[i]}");
            }
        }
    }
}
