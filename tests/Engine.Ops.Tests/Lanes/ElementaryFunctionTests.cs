using System.Globalization;
using Engine.Ops.Lanes;
using Engine.Ops.Lanes.Functions;

namespace Engine.Ops.Tests.Lanes;

/// <summary>
/// Every elementary function at every width: double against correctly rounded values on file, float against double over all
/// exponents, both at special values; and the widths against each other, bit for bit.
/// </summary>
public class ElementaryFunctionTests
{
    public static TheoryData<string> Names => new(Functions.Keys);

    private static readonly Dictionary<string, IFunctionTest> Functions = new()
    {
        ["Exp"] = new FunctionTest<Exp>(Math.Exp),
        ["Expm1"] = new FunctionTest<Expm1>(x => Math.Exp(x) - 1),
        ["Log"] = new FunctionTest<Log>(Math.Log),
        ["Log1p"] = new FunctionTest<Log1p>(x => Math.Log(1 + x)),
        ["Sin"] = new FunctionTest<Sin>(Math.Sin),
        ["Cos"] = new FunctionTest<Cos>(Math.Cos),
        ["Tan"] = new FunctionTest<Tan>(Math.Tan),
        ["Asin"] = new FunctionTest<Asin>(Math.Asin),
        ["Acos"] = new FunctionTest<Acos>(Math.Acos),
        ["Atan"] = new FunctionTest<Atan>(Math.Atan),
        ["Sinh"] = new FunctionTest<Sinh>(Math.Sinh),
        ["Cosh"] = new FunctionTest<Cosh>(Math.Cosh),
        ["Tanh"] = new FunctionTest<Tanh>(Math.Tanh),
        ["Asinh"] = new FunctionTest<Asinh>(Math.Asinh),
        ["Acosh"] = new FunctionTest<Acosh>(Math.Acosh),
        ["Atanh"] = new FunctionTest<Atanh>(Math.Atanh),
        ["Sigmoid"] = new FunctionTest<Sigmoid>(x => 1 / (1 + Math.Exp(-x))),
        ["Erf"] = new FunctionTest<Erf>(x => double.IsNaN(x) ? x : x == 0 ? x : Math.Sign(x)),
        ["Erfc"] = new FunctionTest<Erfc>(x => double.IsNaN(x) ? x : x == 0 ? 1 : 1 - Math.Sign(x)),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void DoublesAreWithinTwoUnits(string name) => Functions[name].Doubles(Reference(name).Select(r => (r[0], r[1])).ToArray());

    [Theory]
    [MemberData(nameof(Names))]
    public void FloatsAreWithinTwoUnits(string name) => Functions[name].Floats();

    [Theory]
    [MemberData(nameof(Names))]
    public void SpecialValuesAreThoseOfC(string name) => Functions[name].Special();

    /// <summary>Rows of the file: arguments, then the value.</summary>
    internal static double[][] Reference(string name)
    {
        using var stream = typeof(ElementaryFunctionTests).Assembly.GetManifestResourceStream("elementary.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Select(line => line.Split(' ')).Where(cells => cells[0] == name)
            .Select(cells => cells[1..].Select(c => BitConverter.UInt64BitsToDouble(ulong.Parse(c, NumberStyles.HexNumber))).ToArray())];
    }

    internal static void AssertWithinTwoUnits(double expected, double actual, double unit, string what)
        => Assert.True(expected.Equals(actual) || Math.Abs(actual - expected) <= 2 * unit, $"{what}: {actual:R}, not {expected:R}");

    internal static double UnitOf(double x) => Math.BitIncrement(Math.Abs(x)) - Math.Abs(x);

    private interface IFunctionTest
    {
        void Doubles((double X, double Y)[] reference);

        void Floats();

        void Special();
    }

    private sealed class FunctionTest<F>(Func<double, double> library) : IFunctionTest where F : struct, IFloatFunction
    {
        private static readonly double[] SpecialValues =
            [0, -0d, 1, -1, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 1e308, -1e308, 3, -3, 2e7, -2e7];

        public void Doubles((double X, double Y)[] reference)
        {
            Assert.NotEmpty(reference);
            var results = AtEveryWidth(reference.Select(r => r.X).ToArray());
            for (var i = 0; i < reference.Length; i++)
            {
                AssertWithinTwoUnits(reference[i].Y, results[i], UnitOf(reference[i].Y), $"{typeof(F).Name}({reference[i].X:R})");
            }
        }

        public void Floats()
        {
            var x = new List<float>();
            for (var bits = 0L; bits <= uint.MaxValue; bits += 65521)
            {
                var value = BitConverter.UInt32BitsToSingle((uint)bits);
                if (!float.IsSubnormal(value)) x.Add(value);
            }
            for (var value = -110f; value < 110; value += 0.0137f) x.Add(value);
            var results = AtEveryWidth(x.ToArray());
            for (var i = 0; i < x.Count; i++)
            {
                var expected = F.Double<ScalarLanes<double>, double>(x[i]);
                if (expected != 0 && Math.Abs(expected) < 1.2e-38) continue;
                if (float.IsInfinity((float)expected)) expected = (float)expected;
                var unit = Math.Max(MathF.BitIncrement(Math.Abs((float)expected)) - Math.Abs((float)expected), 1.4e-45);
                AssertWithinTwoUnits(expected, results[i], unit, $"{typeof(F).Name}({x[i]:R})");
            }
        }

        public void Special()
        {
            var doubles = AtEveryWidth(SpecialValues);
            var singles = AtEveryWidth(SpecialValues.Select(x => (float)x).ToArray());
            for (var i = 0; i < SpecialValues.Length; i++)
            {
                if (SpecialValues[i] != 0 && double.IsFinite(SpecialValues[i]) && double.IsFinite(library(SpecialValues[i]))) continue;
                Check(SpecialValues[i], doubles[i]);
                Check((float)SpecialValues[i], singles[i]);
            }
        }

        private void Check(double x, double actual)
        {
            var expected = library(x);
            if (x == 0 && expected == 0) expected = x;
            var same = expected is 0 or 1 or -1 or double.NaN || double.IsInfinity(expected)
                ? expected.Equals(actual) && double.IsNegative(expected) == double.IsNegative(actual) || double.IsNaN(expected) && double.IsNaN(actual)
                : Math.Abs(actual - expected) < 1e-6;
            Assert.True(same, $"{typeof(F).Name}({x:R}): {actual:R}, not {expected:R}");
        }

        private static double[] AtEveryWidth(double[] x)
        {
            var test = new DoubleRun(x);
            EveryWidth.Run(test);
            return test.Results!;
        }

        private static float[] AtEveryWidth(float[] x)
        {
            var test = new SingleRun(x);
            EveryWidth.Run(test);
            return test.Results!;
        }

        private sealed class DoubleRun(double[] x) : ILaneTest<double>
        {
            public double[]? Results { get; private set; }

            public void Run<W, V>(string width) where W : struct, IFloatLanes<V, double>, IIntegerLanes<V, double>
            {
                var results = EveryWidth.Map<W, V, double>(x, F.Double<W, V>);
                Results ??= results;
                for (var i = 0; i < x.Length; i++) Assert.True(Results[i].Equals(results[i]), $"{typeof(F).Name}({x[i]:R}) at {width}: {results[i]:R}");
            }
        }

        private sealed class SingleRun(float[] x) : ILaneTest<float>
        {
            public float[]? Results { get; private set; }

            public void Run<W, V>(string width) where W : struct, IFloatLanes<V, float>, IIntegerLanes<V, float>
            {
                var results = EveryWidth.Map<W, V, float>(x, F.Single<W, V>);
                Results ??= results;
                for (var i = 0; i < x.Length; i++) Assert.True(Results[i].Equals(results[i]), $"{typeof(F).Name}({x[i]:R}) at {width}: {results[i]:R}");
            }
        }
    }
}
