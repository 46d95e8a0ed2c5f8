using Engine.Ops.Convolution;
using Engine.Ops.Gemm;
using Engine.Runtime;

namespace Engine.Ops.Tests.Convolution;

public sealed unsafe class NarrowFilterTests
{
    [Theory]
    [InlineData(3, 1, 3, 16, nameof(PaddingScheme.Same))]
    [InlineData(5, 2, 1, 30, nameof(PaddingScheme.Valid))]
    [InlineData(7, 1, 2, 12, nameof(PaddingScheme.Explicit))]
    public void AgreesWithTheDirectConvolution(int window, int stride, int outputs, int width, string padding)
    {
        using var team = new WorkerTeam(3);
        foreach (long pixels in (ReadOnlySpan<long>)[2, 3, 4])
        {
            ConvolutionGeometry g = Geometry(window, stride, outputs, width, padding);
            if (g.Width.Output % pixels == 0 && pixels * outputs <= 16)
                Assert.True(Compute(g, pixels, 1, team));
        }
    }

    [Fact]
    public void RefusesWhatInfinitiesSpoil() => Assert.False(Compute(Geometry(3, 1, 3, 16, nameof(PaddingScheme.Same)), 4, float.PositiveInfinity, null));

    [Fact]
    public void AsManyPixelsAreTakenAsPay()
    {
        if (FloatWidth.Count == 16)
            Assert.Equal(4, NarrowFilter.Pixels(Geometry(3, 1, 3, 64, nameof(PaddingScheme.Same))));
        Assert.Equal(1, NarrowFilter.Pixels(Geometry(1, 1, 2, 16, nameof(PaddingScheme.Same))));
    }

    private static ConvolutionGeometry Geometry(int window, int stride, int outputs, int width, string padding)
    {
        var scheme = Enum.Parse<PaddingScheme>(padding);
        long input = scheme == PaddingScheme.Valid ? ((width - 1) * stride) + window : scheme == PaddingScheme.Same ? width * stride : width + window - 4;
        return new ConvolutionGeometry(
            2, [WindowDimension.Create(9, window, stride, 1, scheme, 1, 2), WindowDimension.Create(input, window, stride, 1, scheme, 2, 1)], 6, 6, outputs);
    }

    private static bool Compute(ConvolutionGeometry g, long pixels, float first, WorkerTeam? team)
    {
        var random = new Random(5);
        float[] x = Random(random, g.InputCount), f = Random(random, g.FilterCount), bias = Random(random, g.OutputChannels), residual = Random(random, g.OutputCount);
        float[] expected = new float[g.OutputCount], actual = new float[g.OutputCount];
        x[0] *= first;
        fixed (float* input = x, filter = f, b = bias, r = residual, e = expected, a = actual)
        {
            var end = new TileEnd(b, b, r, new TileActivation(Activation.Tanh));
            DirectConvolution.Forward(g, input, new FilterPanels(filter, 1, g.Taps * g.InputChannels, g.OutputChannels), e, end, null);
            if (!new NarrowFilter(g, filter, pixels).Forward(g, input, a, end, team))
                return false;
        }

        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-5, $"{i}: {expected[i]} {actual[i]}");
        return true;
    }

    private static float[] Random(Random random, long count) => [.. Enumerable.Range(0, (int)count).Select(_ => (random.NextSingle() * 2) - 1)];
}
