using Engine.Ops.Convolution;
using Engine.Ops.Gemm;
using Engine.Runtime;

namespace Engine.Ops.Tests.Convolution;

public sealed unsafe class ExpandedDepthwiseTests
{
    [Theory]
    [InlineData(1, 70, 40, 96, 3, 1, 1, 1)]
    [InlineData(1, 71, 40, 100, 3, 2, 1, 0)] // windows that begin at the image's first line
    [InlineData(3, 40, 60, 64, 5, 1, 2, 4)]
    [InlineData(5, 9, 8, 48, 3, 2, 1, 9)] // windows above and below the image
    [InlineData(1, 6, 900, 160, 3, 1, 1, 1)] // a band of one line of results
    public void AgreesWithTheTwoConvolutions(int batch, int height, int width, int channels, int filter, int stride, int dilation, int padding)
    {
        const int InputChannels = 20;
        using var team = new WorkerTeam(2);
        var random = new Random(6);
        var g = new ConvolutionGeometry(batch, [Window(height), Window(width)], channels, 1, channels);
        var expand = new ConvolutionGeometry(batch, [WindowDimension.Create(height * width, 1, 1, 1, PaddingScheme.Valid)], InputChannels, InputChannels, channels);
        float[] x = Numbers(random, expand.InputCount), w = Numbers(random, expand.FilterCount), f = Numbers(random, g.FilterCount), bias = Numbers(random, channels);
        float[] expanded = new float[expand.OutputCount], expected = new float[g.OutputCount], actual = new float[g.OutputCount];
        fixed (float* input = x, weights = w, between = expanded, taps = f, b = bias, e = expected, a = actual)
        {
            var panels = new FilterPanels(weights, 1, InputChannels, channels);
            var packed = new DepthwiseFilter(taps, g.Taps, channels);
            var first = new TileEnd(null, b, null, new TileActivation(Activation.Swish));
            var second = new TileEnd(b, b, null, new TileActivation(Activation.Relu6));
            DirectConvolution.Forward(expand, input, panels, between, first, null);
            DepthwiseDirect.Forward(g, between, packed, e, second, null);
            foreach (WorkerTeam? threads in (WorkerTeam?[])[null, team])
            {
                Array.Fill(actual, float.NaN);
                ExpandedDepthwise.Forward(g, InputChannels, input, panels, first, packed, a, second, threads);
                for (int i = 0; i < actual.Length; i++)
                    Assert.Equal(expected[i], actual[i], 1e-5f);
            }
        }

        WindowDimension Window(int size) => WindowDimension.Create(size, filter, stride, dilation, PaddingScheme.Explicit, padding, padding);
    }

    private static float[] Numbers(Random random, long count) => [.. Enumerable.Range(0, (int)count).Select(_ => random.NextSingle() - 0.5f)];
}
