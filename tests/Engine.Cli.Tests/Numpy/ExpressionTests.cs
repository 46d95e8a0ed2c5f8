using Engine.Io.Numpy;
using Engine.Io.Numpy.Evaluation;
using Engine.Io.Python;

namespace Engine.Cli.Tests.Numpy;

/// <summary>Expressions with what numpy 1.26 gives: type, shape and print.</summary>
public sealed class ExpressionTests
{
    public static IEnumerable<object[]> Expressions => File.ReadLines(TestData.PathOf("expressions.tsv")).Select(l => (object[])l.Split('\t'));

    [Theory]
    [MemberData(nameof(Expressions))]
    public void AnswersAsNumpy(string expression, string expected)
    {
        var array = ArrayMaker.Make(NumpyEvaluator.Evaluate(PythonParser.Parse(expression)));
        Assert.Equal(expected, $"{array.Type.Name}|{NdArray.ShapeText(array.Shape)}|{ArrayPrinter.Print(array, PrintOptions.Default).Replace("\n", "\\n", StringComparison.Ordinal)}");
    }

    [Theory]
    [InlineData("np.os.system('true')")]
    [InlineData("np.load('x.npy')")]
    [InlineData("np.zeros(2).__class__")]
    [InlineData("np.zeros(2).tofile('x')")]
    [InlineData("__import__('os') or np.pi")]
    [InlineData("open('x') or np.pi")]
    [InlineData("(lambda: np.pi)()")]
    [InlineData("np.zeros((100000,100000))")]
    [InlineData("np.ones(3) + 10**10**10")]
    [InlineData("'a' * 10**12 + str(np.pi)")]
    [InlineData("np.arange(1e300)")]
    [InlineData("[np.pi for i in range(10**12)]")]
    public void WhatIsNoArithmeticIsRefused(string expression) => Assert.Throws<PythonException>(() => NumpyEvaluator.Evaluate(PythonParser.Parse(expression)));

    [Fact]
    public void DeepNestingIsRefused() => Assert.Throws<PythonException>(() => PythonParser.Parse(new string('[', 100_000)));
}
