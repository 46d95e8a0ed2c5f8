using Engine.Ops.Convolution;
using Engine.Ops.Gemm;
using Engine.Runtime;

namespace Engine.Ops.Tests.Convolution;

public sealed unsafe class DepthwiseDirectTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 2)] // pixels one by one
    [InlineData(3, 1)]
    [InlineData(1, 3)]
    public void AgreesWithTheDefinition(int stride, int dilation)
    {
        using var team = new WorkerTeam(2);
        var random = new Random((10 * stride) + dilation);
        for (int round = 0; round < 60; round++)
        {
            WindowDimension Window() => WindowDimension.Create(
                random.Next(1, 24), random.Next(1, 10), stride, dilation, random.Next(3) == 0 ? PaddingScheme.Explicit : PaddingScheme.Same, random.Next(24, 30), random.Next(3));
            long multiplier = random.Next(4) == 0 ? 2 : 1, channels = random.Next(2, 70);
            var g = new ConvolutionGeometry(random.Next(1, 3), [Window(), Window()], channels, 1, channels * multiplier);
            Check(g, random, round % 2 == 0 ? null : team);
        }
    }

    [Fact]
    public void ImagesOfOneColumn()
        => Check(new ConvolutionGeometry(2, [WindowDimension.Create(37, 5, 1, 2, PaddingScheme.Same), WindowDimension.Single], 48, 1, 48), new Random(7), null);

    [Fact]
    public void ManyChannelsAreComputedInBlocks()
        => Check(new ConvolutionGeometry(1, [WindowDimension.Create(9, 5, 1, 1, PaddingScheme.Same), WindowDimension.Create(9, 5, 1, 1, PaddingScheme.Same)], 1001, 1, 1001), new Random(8), null);

    private static void Check(ConvolutionGeometry g, Random random, WorkerTeam? team)
    {
        float[] x = Numbers(random, g.InputCount), f = Numbers(random, g.FilterCount), bias = Numbers(random, g.OutputChannels), residual = Numbers(random, g.OutputCount);
        float[] actual = new float[g.OutputCount];
        bool scales = random.Next(2) == 0, adds = random.Next(2) == 0;
        Activation activation = (Activation[])[Activation.None, Activation.Relu6, Activation.Tanh] is var all ? all[random.Next(3)] : default;
        fixed (float* input = x, filter = f, b = bias, r = residual, a = actual)
        {
            var end = new TileEnd(scales ? b : null, b, adds ? r : null, new TileActivation(activation));
            DepthwiseDirect.Forward(g, input, new DepthwiseFilter(filter, g.Taps, g.OutputChannels), a, end, team);
        }

        for (long o = 0; o < g.OutputCount; o++)
        {
            long c = o % g.OutputChannels, pixel = o / g.OutputChannels;
            double sum = (Sum(g, x, f, c, pixel) * (scales ? bias[c] : 1)) + bias[c] + (adds ? residual[o] : 0);
            double expected = activation == Activation.None ? sum : activation == Activation.Tanh ? Math.Tanh(sum) : Math.Clamp(sum, 0, 6);
            if (!(Math.Abs(expected - actual[o]) < 1e-5 * Math.Sqrt(g.Taps)))
                Assert.Fail($"{actual[o]}, not {expected}, at {o}: {g.Height}, {g.Width}, {g.OutputChannels} channels");
        }
    }

    private static double Sum(ConvolutionGeometry g, float[] x, float[] f, long c, long pixel)
    {
        long column = pixel % g.Width.Output, line = pixel / g.Width.Output % g.Height.Output, image = pixel / g.Width.Output / g.Height.Output;
        double sum = 0;
        for (long i = 0; i < g.Height.Filter; i++)
        {
            for (long j = 0; j < g.Width.Filter; j++)
            {
                long iy = (line * g.Height.Stride) - g.Height.Before + (i * g.Height.Dilation), ix = (column * g.Width.Stride) - g.Width.Before + (j * g.Width.Dilation);
                if (iy < 0 || ix < 0 || iy >= g.Height.Input || ix >= g.Width.Input)
                    continue;
                long at = (((image * g.Height.Input) + iy) * g.Width.Input) + ix;
                sum += (double)x[(at * g.InputChannels) + (c / g.GroupOutputChannels)] * f[(((i * g.Width.Filter) + j) * g.OutputChannels) + c];
            }
        }

        return sum;
    }

    private static float[] Numbers(Random random, long count) => [.. Enumerable.Range(0, (int)count).Select(_ => random.NextSingle() - 0.5f)];
}
