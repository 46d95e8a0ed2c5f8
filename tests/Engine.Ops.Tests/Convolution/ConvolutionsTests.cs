using System.Numerics;
using Engine.Ops.Convolution;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Tests.Convolution;

public sealed unsafe class ConvolutionsTests
{
    [Fact]
    public void FloatsAgreeWithTheDefinition() => Random<float>(1e-5);

    [Fact]
    public void DoublesAgreeWithTheDefinition() => Random<double>(1e-13);

    [Fact]
    public void HalvesAgreeWithTheDefinition() => Random<Half>(2e-3);

    [Fact]
    public void BFloat16sAgreeWithTheDefinition() => Random<BFloat16>(1.6e-2);

    [Fact]
    public void IntegersAgreeWithTheDefinition() => Random<int>(0);

    [Theory]
    [InlineData(2, 14, 14, 40, 3, 2, 72)] // blocks of k, a border on every side
    [InlineData(1, 30, 31, 3, 7, 2, 64)] // few channels: joined taps
    [InlineData(1, 9, 9, 300, 1, 1, 50)] // pointwise
    [InlineData(3, 5, 5, 300, 1, 2, 17)]
    [InlineData(1, 40, 3, 100, 3, 1, 8)]
    public void LargerOnes(int batch, int height, int width, int channels, int filter, int stride, int outputs)
    {
        using var team = new WorkerTeam(3);
        WindowDimension[] window =
        [
            WindowDimension.Create(height, filter, stride, 1, PaddingScheme.Same),
            WindowDimension.Create(width, filter, stride, 1, PaddingScheme.Same),
        ];
        Check<float>(new ConvolutionGeometry(batch, window, channels, channels, outputs), 1e-5, team);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(35, 1, 2)]
    [InlineData(64, 2, 1)]
    [InlineData(5, 3, 2)]
    public void DepthwiseOnes(int channels, int multiplier, int stride)
    {
        using var team = new WorkerTeam(2);
        foreach (PaddingScheme padding in new[] { PaddingScheme.Same, PaddingScheme.Valid })
        {
            for (int dilation = 1; dilation < 3; dilation++)
            {
                WindowDimension[] window =
                [
                    WindowDimension.Create(13, 3, stride, dilation, padding),
                    WindowDimension.Create(19, 3, stride, dilation, padding),
                ];
                Check<float>(new ConvolutionGeometry(2, window, channels, 1, channels * multiplier), 1e-5, team);
            }
        }
    }

    private static void Random<T>(double tolerance)
        where T : unmanaged, INumberBase<T>
    {
        var random = new Random(3);
        for (int round = 0; round < 150; round++)
        {
            var window = new WindowDimension[random.Next(1, 4)];
            for (int d = 0; d < window.Length; d++)
            {
                int filter = random.Next(1, 4);
                int dilation = random.Next(1, 3);
                window[d] = WindowDimension.Create(
                    random.Next(((filter - 1) * dilation) + 1, 9),
                    filter,
                    random.Next(1, 4),
                    dilation,
                    (PaddingScheme)random.Next(3),
                    random.Next(3),
                    random.Next(3));
            }

            int groups = random.Next(1, 4);
            int channels = random.Next(1, 7);
            var g = new ConvolutionGeometry(random.Next(1, 3), window, groups * channels, channels, groups * random.Next(1, 20));
            Check<T>(g, tolerance, null);
        }
    }

    private static void Check<T>(ConvolutionGeometry g, double tolerance, WorkerTeam? team)
        where T : unmanaged, INumberBase<T>
    {
        var random = new Random(5);
        T[] input = Numbers<T>(random, g.InputCount), filter = Numbers<T>(random, g.FilterCount), output = Numbers<T>(random, g.OutputCount);
        double[] expectedOutput = new double[g.OutputCount];
        double[] expectedInput = new double[g.InputCount];
        double[] expectedFilter = new double[g.FilterCount];
        Define(g, (i, f, o) =>
        {
            expectedOutput[o] += Wide(input[i]) * Wide(filter[f]);
            expectedInput[i] += Wide(output[o]) * Wide(filter[f]);
            expectedFilter[f] += Wide(input[i]) * Wide(output[o]);
        });

        var result = new T[g.OutputCount];
        fixed (T* x = input, w = filter, y = result)
            Convolutions.Forward(g, x, w, y, team);
        AssertClose(expectedOutput, result, tolerance, g.Taps * g.GroupInputChannels);

        result = new T[g.InputCount];
        fixed (T* x = result, w = filter, y = output)
            Convolutions.BackpropInput(g, w, y, x, team);
        AssertClose(expectedInput, result, tolerance, g.Taps * g.GroupOutputChannels);
        if (typeof(T) == typeof(int))
            return;

        result = new T[g.FilterCount];
        fixed (T* x = input, w = result, y = output)
            Convolutions.BackpropFilter(g, x, y, w, team);
        AssertClose(expectedFilter, result, tolerance, g.Batch * g.OutputPixels);
    }

    /// <summary>Calls for each product of an input and a filter element, and the output element that it is a part of.</summary>
    private static void Define(ConvolutionGeometry g, Action<long, long, long> product)
    {
        for (long o = 0; o < g.OutputCount; o++)
        {
            long rest = o;
            long channel = Take(ref rest, g.OutputChannels);
            long x = Take(ref rest, g.Width.Output), y = Take(ref rest, g.Height.Output), z = Take(ref rest, g.Depth.Output);
            long group = channel / g.GroupOutputChannels;
            for (long f = channel; f < g.FilterCount; f += g.OutputChannels)
            {
                long tap = f / g.OutputChannels;
                long c = Take(ref tap, g.GroupInputChannels);
                long ix = (x * g.Width.Stride) - g.Width.Before + (Take(ref tap, g.Width.Filter) * g.Width.Dilation);
                long iy = (y * g.Height.Stride) - g.Height.Before + (Take(ref tap, g.Height.Filter) * g.Height.Dilation);
                long iz = (z * g.Depth.Stride) - g.Depth.Before + (tap * g.Depth.Dilation);
                if (ix < 0 || iy < 0 || iz < 0 || ix >= g.Width.Input || iy >= g.Height.Input || iz >= g.Depth.Input)
                    continue;
                long pixel = (((((rest * g.Depth.Input) + iz) * g.Height.Input) + iy) * g.Width.Input) + ix;
                product((pixel * g.InputChannels) + (group * g.GroupInputChannels) + c, f, o);
            }
        }
    }

    private static long Take(ref long number, long radix)
    {
        long digit = number % radix;
        number /= radix;
        return digit;
    }

    private static double Wide<T>(T value)
        where T : INumberBase<T>
        => double.CreateTruncating(value);

    private static T[] Numbers<T>(Random random, long count)
        where T : INumberBase<T>
    {
        var numbers = new T[count];
        for (long i = 0; i < count; i++)
            numbers[i] = typeof(T) == typeof(int) ? T.CreateTruncating(random.Next(-9, 10)) : T.CreateTruncating(random.NextSingle() - 0.5f);
        return numbers;
    }

    private static void AssertClose<T>(double[] expected, T[] actual, double tolerance, long terms)
        where T : INumberBase<T>
    {
        double scale = tolerance * Math.Sqrt(terms + 1);
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(expected[i] - Wide(actual[i])) <= scale))
                Assert.Fail($"element {i} of {expected.Length}, {terms} terms: {actual[i]}, not {expected[i]}");
        }
    }
}
