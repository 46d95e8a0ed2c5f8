using Engine.Ops.Gemm;

namespace Engine.Ops.Tests.Nn;

public sealed unsafe class SwishTests
{
    [Fact]
    public void IsWithinTwoUlp()
    {
        var random = new Random(1);
        float[] x = [.. Enumerable.Range(0, 200_003).Select(i => (float)((random.NextDouble() - 0.5) * Math.Pow(10, (random.NextDouble() * 12) - 10)))], y = [.. x];
        Apply(y);
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] < -88)
                continue;
            double expected = x[i] / (1 + Math.Exp(-(double)x[i]));
            double ulp = MathF.BitIncrement((float)Math.Abs(expected)) - (float)Math.Abs(expected);
            Assert.True(Math.Abs(y[i] - expected) <= 2 * ulp, $"{x[i]}: {y[i]}, not {expected}");
        }
    }

    [Fact]
    public void AtTheEndsOfTheNumbers()
    {
        float[] y = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -1e30f, 1e30f, -0f, -95, 0];
        Apply(y);
        Assert.Equal([float.NaN, float.PositiveInfinity, float.NaN, -0f, 1e30f, -0f, -0f, 0], y);
    }

    private static void Apply(float[] y)
    {
        fixed (float* c = y)
            EpilogueRows<float>.Of(Activation.Swish)(c, null, null, y.Length, 0);
    }
}
