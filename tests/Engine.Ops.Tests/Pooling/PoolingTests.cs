using System.Numerics;
using Engine.Ops.Convolution;
using Engine.Ops.Pooling;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Tests.Pooling;

public sealed unsafe class PoolingTests
{
    [Fact]
    public void FloatPoolsAgreeWithTheDefinition() => Random<float>(1e-6);

    [Fact]
    public void DoublePoolsAgreeWithTheDefinition() => Random<double>(1e-14);

    [Fact]
    public void HalfPoolsAgreeWithTheDefinition() => Random<Half>(1e-3);

    [Fact]
    public void BFloat16PoolsAgreeWithTheDefinition() => Random<BFloat16>(8e-3);

    [Fact]
    public void IntegerMaxPoolsAgreeWithTheDefinition()
    {
        Random<int>(0);
        Random<byte>(0);
        Random<long>(0);
    }

    [Fact]
    public void NaNDoesNotWinAndInfinityCounts()
    {
        var g = new PoolingGeometry(1, [WindowDimension.Create(6, 2, 2, 1, PaddingScheme.Valid)], 1);
        float[] input = [float.NaN, 1, float.NegativeInfinity, float.NegativeInfinity, float.PositiveInfinity, float.NaN];
        var output = new float[3];
        fixed (float* x = input, y = output)
            MaxPooling<float>.Forward(g, x, y, null);
        Assert.Equal([1, float.MinValue, float.PositiveInfinity], output);
    }

    [Fact]
    public void OfEqualElementsTheFirstGetsTheGradient()
    {
        var g = new PoolingGeometry(1, [WindowDimension.Create(4, 3, 1, 1, PaddingScheme.Valid)], 1);
        float[] input = [2, 5, 5, 5];
        float[] pooled = [5, 5];
        float[] gradient = [10, 1];
        var result = new float[4];
        fixed (float* x = input, p = pooled, d = gradient, y = result)
            MaxPoolingGradient.Compute(g, x, p, d, y, null);
        Assert.Equal([0, 11, 0, 0], result);
    }

    private static void Random<T>(double tolerance)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        using var team = new WorkerTeam(2);
        var random = new Random(11);
        for (int round = 0; round < 100; round++)
        {
            var window = new WindowDimension[random.Next(1, 4)];
            for (int d = 0; d < window.Length; d++)
            {
                int size = random.Next(1, 4);
                window[d] = WindowDimension.Create(random.Next(size, 10), size, random.Next(1, 4), 1, (PaddingScheme)random.Next(2));
            }

            Check<T>(new PoolingGeometry(random.Next(1, 3), window, random.Next(1, 40)), tolerance, round % 2 == 0 ? null : team, random);
        }
    }

    private static void Check<T>(PoolingGeometry g, double tolerance, WorkerTeam? team, Random random)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        bool floats = T.CreateTruncating(0.5) != T.Zero;
        T[] input = Numbers<T>(random, g.InputCount, floats);
        T[] gradient = Numbers<T>(random, g.OutputCount, floats);
        T[] max = new T[g.OutputCount], maxGradient = new T[g.InputCount], average = new T[g.OutputCount], averageGradient = new T[g.InputCount];
        fixed (T* x = input, d = gradient, y = max, dx = maxGradient, mean = average, meanGradient = averageGradient)
        {
            MaxPooling<T>.Forward(g, x, y, team);
            MaxPoolingGradient.Compute(g, x, y, d, dx, team);
            AveragePooling<T>.Forward(g, x, mean, team);
            AveragePoolingGradient<T>.Compute(g, d, meanGradient, team);
        }

        double[] expectedMaxGradient = new double[g.InputCount], expectedAverageGradient = new double[g.InputCount];
        for (long o = 0; o < g.OutputCount; o++)
        {
            List<long> places = Window(g, o);
            long best = places.MaxBy(place => input[place])!;
            Assert.Equal(input[best], max[o]);
            expectedMaxGradient[best] += Wide(gradient[o]);
            foreach (long place in places)
                expectedAverageGradient[place] += Wide(gradient[o]) / places.Count;
            if (floats)
                AssertClose(places.Average(place => Wide(input[place])), average[o], tolerance);
        }

        for (long i = 0; i < g.InputCount; i++)
        {
            AssertClose(expectedMaxGradient[i], maxGradient[i], 8 * tolerance);
            if (floats)
                AssertClose(expectedAverageGradient[i], averageGradient[i], 8 * tolerance);
        }
    }

    private static List<long> Window(PoolingGeometry g, long o)
    {
        long channel = o % g.Channels;
        o /= g.Channels;
        long x = o % g.Width.Output, y = o / g.Width.Output % g.Height.Output;
        o /= g.Width.Output * g.Height.Output;
        long z = o % g.Depth.Output, image = o / g.Depth.Output;
        var places = new List<long>();
        for (long iz = z * g.Depth.Stride - g.Depth.Before; iz < z * g.Depth.Stride - g.Depth.Before + g.Depth.Filter; iz++)
        {
            for (long iy = y * g.Height.Stride - g.Height.Before; iy < y * g.Height.Stride - g.Height.Before + g.Height.Filter; iy++)
            {
                for (long ix = x * g.Width.Stride - g.Width.Before; ix < x * g.Width.Stride - g.Width.Before + g.Width.Filter; ix++)
                {
                    if (iz < 0 || iy < 0 || ix < 0 || iz >= g.Depth.Input || iy >= g.Height.Input || ix >= g.Width.Input)
                        continue;
                    places.Add((((((image * g.Depth.Input) + iz) * g.Height.Input) + iy) * g.Width.Input + ix) * g.Channels + channel);
                }
            }
        }

        return places;
    }

    private static double Wide<T>(T value)
        where T : INumberBase<T>
        => double.CreateTruncating(value);

    private static T[] Numbers<T>(Random random, long count, bool floats)
        where T : INumberBase<T>
    {
        var numbers = new T[count];
        for (long i = 0; i < count; i++)
            numbers[i] = floats ? T.CreateTruncating(random.NextSingle() - 0.5f) : T.CreateTruncating(random.Next(0, 9));
        return numbers;
    }

    private static void AssertClose<T>(double expected, T actual, double tolerance)
        where T : INumberBase<T>
        => Assert.True(Math.Abs(expected - Wide(actual)) <= tolerance * (1 + Math.Abs(expected)), $"{actual}, not {expected}");
}
