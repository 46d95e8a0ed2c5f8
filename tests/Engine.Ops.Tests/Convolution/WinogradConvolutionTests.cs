using Engine.Ops.Convolution;
using Engine.Ops.Gemm;

namespace Engine.Ops.Tests.Convolution;

public sealed unsafe class WinogradConvolutionTests
{
    [Theory]
    [InlineData(1, 12, 12, 64, 64)]
    [InlineData(2, 13, 30, 48, 16)] // tiles that reach beyond the image
    public void AgreesWithTheDirectConvolution(int batch, int height, int width, int inputs, int outputs)
    {
        Assert.True(Compute(batch, height, width, inputs, outputs, 1, out double difference));
        Assert.True(difference < 1e-5, $"{difference}");
    }

    [Fact]
    public void RefusesInfinities() => Assert.False(Compute(1, 12, 12, 16, 16, float.PositiveInfinity, out _));

    private static bool Compute(int batch, int height, int width, int inputs, int outputs, float first, out double difference)
    {
        var random = new Random(5);
        var g = new ConvolutionGeometry(
            batch, [WindowDimension.Create(height, 3, 1, 1, PaddingScheme.Same), WindowDimension.Create(width, 3, 1, 1, PaddingScheme.Same)], inputs, inputs, outputs);
        float[] x = Random(random, g.InputCount), f = Random(random, g.FilterCount), bias = Random(random, outputs);
        float[] expected = new float[g.OutputCount], actual = new float[g.OutputCount];
        x[0] = first;
        fixed (float* input = x, filter = f, b = bias, e = expected, a = actual)
        {
            var end = new TileEnd(b, b, null, new TileActivation(Activation.Relu));
            DirectConvolution.Forward(g, input, new FilterPanels(filter, 1, g.Taps * inputs, outputs), e, end, null);
            bool finite = WinogradConvolution.Forward(g, input, WinogradFilter.Transform(filter, inputs, outputs), a, end, null);
            difference = expected.Zip(actual, (p, q) => Math.Abs(p - q)).Max() / (double)expected.Max();
            return finite;
        }
    }

    private static float[] Random(Random random, long count) => [.. Enumerable.Range(0, (int)count).Select(_ => (random.NextSingle() * 2) - 1)];
}
