using Engine.Ops.Reductions;
using Engine.Runtime;

namespace Engine.Ops.Tests.Reductions;

public sealed unsafe class ReducerTests
{
    [Theory]
    [InlineData(new long[] { 7 }, new[] { 0 })]
    [InlineData(new long[] { 100_003 }, new[] { 0 })]
    [InlineData(new long[] { 3, 65, 5 }, new[] { 1 })]
    [InlineData(new long[] { 3, 65, 5 }, new[] { 0, 2 })]
    [InlineData(new long[] { 2, 3, 4, 5, 6 }, new[] { 0, 2, 4 })]
    [InlineData(new long[] { 5, 300 }, new[] { 1 })]
    [InlineData(new long[] { 4097, 37 }, new[] { 0 })]
    [InlineData(new long[] { 2, 3000, 129 }, new[] { 1 })]
    [InlineData(new long[] { 6, 1, 9 }, new[] { 1 })]
    [InlineData(new long[] { 4, 0, 3 }, new[] { 1 })]
    public void SumsAgreeWithTheDefinition(long[] dims, int[] axes)
    {
        var shape = new Shape(dims);
        var random = new Random(5);
        var values = new double[shape.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = random.NextDouble() - 0.5;
        var plan = new ReductionPlan(shape, Tensor.From<int>(axes), keepDims: false);
        var expected = new double[plan.Output.Count];
        var strides = shape.Strides();
        for (var i = 0; i < values.Length; i++)
        {
            long target = 0;
            for (var d = 0; d < dims.Length; d++)
            {
                if (!axes.Contains(d))
                    target = target * dims[d] + i / strides[d] % dims[d];
            }
            expected[target] += values[i];
        }
        foreach (var threads in new[] { 1, 3 })
        {
            using var team = new WorkerTeam(threads);
            var result = new double[expected.Length];
            fixed (double* x = values, y = result)
                Reducer<Sum.Reduction, double>.Run(team, x, y, plan);
            for (var i = 0; i < result.Length; i++)
                Assert.Equal(expected[i], result[i], 1e-10);
        }
    }

    [Fact]
    public void LongSumsOfFloatsStayAccurate()
    {
        using var team = new WorkerTeam(1);
        var values = new float[4_000_000];
        Array.Fill(values, 0.1f);
        float sum;
        fixed (float* x = values)
            Reducer<Sum.Reduction, float>.Run(team, x, &sum, new ReductionPlan(Shape.Vector(values.Length), Tensor.From<int>([0]), keepDims: false));
        // Within eight units in the last place; one after the other they end 15,000 off.
        Assert.Equal((float)(values.Length * (double)0.1f), sum, 0.25f);
    }

    [Fact]
    public void AnAxisTwiceIsRefused()
    {
        var error = Assert.Throws<EngineException>(() => new ReductionPlan(new Shape(2, 3), Tensor.From<int>([1, -1]), keepDims: false));
        Assert.Equal(StatusCode.InvalidArgument, error.Code);
    }
}
