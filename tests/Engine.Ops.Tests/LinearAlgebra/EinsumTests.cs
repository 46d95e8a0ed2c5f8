using Engine.Graphs;

namespace Engine.Ops.Tests.LinearAlgebra;

public sealed class EinsumTests
{
    [Theory]
    [InlineData("ij,jk->ik", new long[] { 2, 3 }, new long[] { 3, 4 })]
    [InlineData("ij,kj->ki", new long[] { 2, 3 }, new long[] { 4, 3 })]
    [InlineData("bhqd,bhkd->bhqk", new long[] { 2, 2, 3, 4 }, new long[] { 2, 2, 5, 4 })]
    [InlineData("abc,cde->adbe", new long[] { 2, 3, 4 }, new long[] { 4, 2, 3 })]
    [InlineData("ab,cb->", new long[] { 2, 3 }, new long[] { 2, 3 })]
    [InlineData("aab,b->a", new long[] { 3, 3, 2 }, new long[] { 2 })]
    [InlineData("a,b->aab", new long[] { 3 }, new long[] { 2 })]
    [InlineData("i,j->ji", new long[] { 3 }, new long[] { 2 })]
    [InlineData("ii->", new long[] { 3, 3 }, null)]
    [InlineData("ij->i", new long[] { 2, 3 }, null)]
    [InlineData("ijk->kij", new long[] { 2, 3, 4 }, null)]
    [InlineData("i->ii", new long[] { 3 }, null)]
    public void AgreesWithTheDefinition(string equation, long[] first, long[]? second)
    {
        Tensor[] inputs = second is null ? [OneOp.Doubles(1, first)] : [OneOp.Doubles(1, first), OneOp.Doubles(2, second)];
        double[] actual = Run(equation, inputs).ToArray<double>();
        double[] expected = Define(equation, inputs);
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 12);
    }

    [Fact]
    public void EllipsesBroadcast()
    {
        Tensor a = OneOp.Doubles(1, 2, 1, 3, 4), b = OneOp.Doubles(2, 5, 4, 2);
        Tensor c = Run("...ij,...jk->...ik", a, b);
        Assert.Equal(new Shape(2, 5, 3, 2), c.Shape);
        double[] x = a.ToArray<double>(), y = b.ToArray<double>(), z = c.ToArray<double>();
        double sum = 0;
        for (int j = 0; j < 4; j++)
            sum += x[(((1 * 3) + 2) * 4) + j] * y[(((3 * 4) + j) * 2) + 1];
        Assert.Equal(sum, z[(((((1 * 5) + 3) * 3) + 2) * 2) + 1], 12);
    }

    [Theory]
    [InlineData("ij,jk->ik")]
    [InlineData("ij,jk")]
    [InlineData("ij->x")]
    [InlineData("i.j->ij")]
    [InlineData("i->i")]
    [InlineData("i,j,k->ijk")]
    public void WrongEquationsAreRefused(string equation)
        => Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<EngineException>(() => Run(equation, OneOp.Doubles(1, 2, 2))).Code);

    [Theory]
    [InlineData("ij,jk->ik", new long[] { 2, 3 }, new long[] { 3, 4 })]
    [InlineData("bij,bkj->kbi", new long[] { 2, 3, 2 }, new long[] { 2, 4, 2 })]
    public void Gradients(string equation, long[] first, long[] second)
    {
        var op = new OneOp("Einsum", [OneOp.Doubles(1, first), OneOp.Doubles(2, second)], true, ("equation", AttrValue.Of(equation)));
        op.CheckGradient(0);
        op.CheckGradient(1);
    }

    private static Tensor Run(string equation, params Tensor[] inputs)
        => new OneOp("Einsum", inputs, true, ("equation", AttrValue.Of(equation))).Run();

    /// <summary>Loops over all values of all labels.</summary>
    private static double[] Define(string equation, Tensor[] inputs)
    {
        string[] sides = equation.Split("->");
        string[] operands = sides[0].Split(',');
        var sizes = new Dictionary<char, int>();
        for (int i = 0; i < operands.Length; i++)
        {
            for (int d = 0; d < operands[i].Length; d++)
                sizes[operands[i][d]] = (int)inputs[i].Shape[d];
        }

        char[] labels = [.. sizes.Keys];
        double[] result = new double[sides[1].Aggregate(1, (n, label) => n * sizes[label])];
        int total = labels.Aggregate(1, (n, label) => n * sizes[label]);
        for (int point = 0; point < total; point++)
        {
            var index = new Dictionary<char, int>();
            int rest = point;
            foreach (char label in labels)
            {
                index[label] = rest % sizes[label];
                rest /= sizes[label];
            }

            double product = 1;
            for (int i = 0; i < operands.Length; i++)
                product *= inputs[i].AsSpan<double>()[Place(operands[i])];
            result[Place(sides[1])] += product;
            int Place(string axes) => axes.Aggregate(0, (at, label) => (at * sizes[label]) + index[label]);
        }

        return result;
    }
}
