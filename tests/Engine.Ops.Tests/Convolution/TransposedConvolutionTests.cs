using Engine.Ops.Convolution;
using Engine.Ops.Gemm;
using Engine.Runtime;

namespace Engine.Ops.Tests.Convolution;

public sealed unsafe class TransposedConvolutionTests
{
    [Theory]
    [InlineData(2, 4, 4, 2, 20, 64, nameof(PaddingScheme.Same))] // whole panels; tiles that pass from line to line
    [InlineData(1, 9, 5, 2, 16, 3, nameof(PaddingScheme.Same))] // all results of a block are one vector
    [InlineData(3, 5, 3, 2, 9, 32, nameof(PaddingScheme.Valid))] // remainders with different taps
    [InlineData(1, 7, 2, 2, 8, 24, nameof(PaddingScheme.Valid))] // images read in place
    [InlineData(1, 6, 2, 3, 5, 7, nameof(PaddingScheme.Valid))] // remainders without a tap
    [InlineData(1, 300, 4, 2, 3, 5, nameof(PaddingScheme.Same))] // lines longer than a block
    [InlineData(2, 6, 3, 1, 4, 33, nameof(PaddingScheme.Same))]
    [InlineData(1, 5, 7, 3, 4, 40, nameof(PaddingScheme.Explicit))]
    [InlineData(1, 7, 5, 2, 4, 33, nameof(PaddingScheme.Same))] // tiles of single lines
    public void AgreesWithTheGradient(int batch, int size, int filter, int stride, int inputs, int outputs, string padding)
    {
        var scheme = Enum.Parse<PaddingScheme>(padding);
        int height = size > 100 ? 3 : size + 1;
        var g = new ConvolutionGeometry(
            batch,
            [WindowDimension.Create(((height - 1) * stride) + filter - 2, filter, stride, 1, scheme, 1, 3), WindowDimension.Create((size * stride) + filter, filter, stride, 1, scheme, 2, 0)],
            outputs,
            outputs,
            inputs);
        using var team = new WorkerTeam(3);
        foreach (bool adds in (ReadOnlySpan<bool>)[false, true])
        {
            Check(g, adds, Activation.Relu, null);
            Check(g, adds, Activation.LeakyRelu, team);
        }
    }

    [Fact]
    public void OnlyAnExactFilterTakesInfinities()
    {
        var d = WindowDimension.Create(16, 5, 2, 1, PaddingScheme.Same);
        var g = new ConvolutionGeometry(1, [d, d], 3, 3, 4);
        float[] images = [.. Enumerable.Repeat(1f, (int)g.OutputCount)], f = [.. Enumerable.Repeat(1f, (int)g.FilterCount)], result = new float[g.InputCount];
        images[0] = float.PositiveInfinity;
        fixed (float* x = images, filter = f, y = result)
        {
            var end = new TileEnd(null, null, null, new TileActivation(Activation.None));
            var packed = new TransposedFilter(g, filter); // vectors of one number need no zeros
            Assert.Equal(!packed.HasZeros, TransposedConvolution.Compute(g, x, packed, y, end, null));
            Assert.True(TransposedConvolution.Compute(g, x, new TransposedFilter(g, filter, exact: true), y, end, null));
        }

        Assert.DoesNotContain(float.NaN, result);
        Assert.Contains(float.PositiveInfinity, result);
    }

    private static void Check(ConvolutionGeometry g, bool adds, Activation activation, WorkerTeam? team)
    {
        var random = new Random(5);
        float[] images = Random(random, g.OutputCount), f = Random(random, g.FilterCount), scale = Random(random, g.InputChannels), bias = Random(random, g.InputChannels);
        float[] residual = Random(random, g.InputCount), expected = new float[g.InputCount], actual = new float[g.InputCount];
        fixed (float* x = images, filter = f, s = scale, b = bias, r = residual, e = expected, a = actual)
        {
            var end = new TileEnd(s, b, adds ? r : null, new TileActivation(activation, 0.3f));
            ConvolutionInputGradient.Compute(g, filter, x, e, null);
            end.Apply(e, g.Batch * g.InputPixels, g.InputChannels);
            Assert.True(TransposedFilter.Suits(g));
            TransposedConvolution.Compute(g, x, new TransposedFilter(g, filter), a, end, team);
        }

        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-5 * g.Taps * g.OutputChannels, $"{i}: {expected[i]} {actual[i]}");
    }

    private static float[] Random(Random random, long count) => [.. Enumerable.Range(0, (int)count).Select(_ => (random.NextSingle() * 2) - 1)];
}
