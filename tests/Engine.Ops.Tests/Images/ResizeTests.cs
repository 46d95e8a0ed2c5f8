using Engine.Graphs;

namespace Engine.Ops.Tests.Images;

public sealed class ResizeTests
{
    [Theory]
    [InlineData(1, 10, 14)]
    [InlineData(3, 4, 5)]
    [InlineData(17, 13, 3)]
    [InlineData(40, 10, 14)]
    public void Bilinear(int channels, int height, int width)
    {
        float[] x = Images(channels), y = Resize("ResizeBilinear", x, channels, height, width);
        Check(channels, height, width, y, (n, top, left, down, across, c) =>
        {
            float Between(int line) => x[At(n, line, left, c, channels)] + ((x[At(n, line, Math.Min(left + 1, 6), c, channels)] - x[At(n, line, left, c, channels)]) * across);
            return Between(top) + ((Between(Math.Min(top + 1, 4)) - Between(top)) * down);
        });
    }

    [Theory]
    [InlineData(1, 10, 14)]
    [InlineData(17, 13, 3)]
    public void NearestNeighbour(int channels, int height, int width)
    {
        float[] x = Images(channels), y = Resize("ResizeNearestNeighbor", x, channels, height, width);
        Check(channels, height, width, y, (n, top, left, _, _, c) => x[At(n, top, left, c, channels)]);
    }

    // Two images of 5 x 7 pixels.
    private static float[] Images(int channels) => Array.ConvertAll(OneOp.Doubles(1, 2, 5, 7, channels).ToArray<double>(), v => (float)v);

    private static int At(int image, int y, int x, int c, int channels) => (((((image * 5) + y) * 7) + x) * channels) + c;

    private static float[] Resize(string op, float[] images, int channels, int height, int width)
        => new OneOp(op, [Tensor.From<float>(images, new Shape(2, 5, 7, channels)), Tensor.From<int>([height, width], new Shape(2))], attrs: [("T", AttrValue.Of(DType.Float32))])
            .Run().ToArray<float>();

    private static void Check(int channels, int height, int width, float[] actual, Func<int, int, int, float, float, int, float> expected)
    {
        Assert.Equal(2 * height * width * channels, actual.Length);
        for (int i = 0; i < actual.Length; i++)
        {
            int pixel = i / channels;
            float y = pixel / width % height * (5f / height), x = pixel % width * (7f / width);
            Assert.Equal(expected(pixel / width / height, (int)y, (int)x, y - (int)y, x - (int)x, i % channels), actual[i], 1e-6f);
        }
    }
}
