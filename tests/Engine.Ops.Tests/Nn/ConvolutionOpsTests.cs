using Engine.Graphs;

namespace Engine.Ops.Tests.Nn;

public sealed class ConvolutionOpsTests
{
    [Fact]
    public void ChannelsFirstAgreesWithChannelsLast()
    {
        Tensor last = OneOp.Doubles(1, 2, 5, 6, 3), filter = OneOp.Doubles(2, 3, 2, 3, 4);
        var first = Tensor.Zeros(DType.Float64, new Shape(2, 3, 5, 6));
        ForEach(2, 5, 6, 3, (n, y, x, c) => first.AsSpan<double>()[(((((n * 3) + c) * 5) + y) * 6) + x] = last.AsSpan<double>()[(((((n * 5) + y) * 6) + x) * 3) + c]);
        Tensor a = Convolve(last, filter, [1, 2, 1, 1], "NHWC"), b = Convolve(first, filter, [1, 1, 2, 1], "NCHW");
        Assert.Equal(new Shape(2, 3, 6, 4), a.Shape);
        Assert.Equal(new Shape(2, 4, 3, 6), b.Shape);
        ForEach(2, 3, 6, 4, (n, y, x, c) =>
            Assert.Equal(a.AsSpan<double>()[(((((n * 3) + y) * 6) + x) * 4) + c], b.AsSpan<double>()[(((((n * 4) + c) * 3) + y) * 6) + x], 12));
    }

    [Theory]
    [InlineData(6, 1)]
    [InlineData(20, 2)]
    [InlineData(5, 3)]
    [InlineData(7, 5)]
    public void AGroupForEachChannelIsDepthwise(int channels, int multiplier)
    {
        Tensor images = OneOp.Doubles(1, 2, 7, 9, channels), filter = OneOp.Doubles(2, 3, 5, channels, multiplier);
        Tensor grouped = Tensor.From<double>(filter.AsSpan<double>(), new Shape(3, 5, 1, channels * multiplier));
        Tensor expected = Convolve(images, filter, [1, 1, 1, 1], "NHWC", "DepthwiseConv2dNative");
        foreach (Tensor actual in new[]
                 {
                     Convolve(images, grouped, [1, 1, 1, 1], "NHWC"), Convolve(Floats(images), Floats(grouped), [1, 1, 1, 1], "NHWC"),
                     Convolve(Floats(images), Floats(filter), [1, 1, 1, 1], "NHWC", "DepthwiseConv2dNative"),
                 })
        {
            Assert.Equal(expected.Shape, actual.Shape);
            for (int i = 0; i < expected.Count; i++)
                Assert.Equal(expected.AsSpan<double>()[i], actual.Type == DType.Float64 ? actual.AsSpan<double>()[i] : actual.AsSpan<float>()[i], 1e-5);
        }
    }

    [Fact]
    public void Gradients()
    {
        var op = new OneOp(
            "Conv2D",
            [OneOp.Doubles(1, 1, 5, 4, 4), OneOp.Doubles(2, 2, 3, 2, 4)],
            attrs: [("strides", AttrValue.List(1, 2, 1, 1)), ("padding", AttrValue.Of("EXPLICIT")), ("explicit_paddings", AttrValue.List(0, 0, 1, 0, 2, 1, 0, 0))]);
        op.CheckGradient(0);
        op.CheckGradient(1);
    }

    [Fact]
    public void DepthwiseGradients()
    {
        var op = new OneOp(
            "DepthwiseConv2dNative",
            [OneOp.Doubles(1, 1, 4, 5, 3), OneOp.Doubles(2, 3, 2, 3, 2)],
            attrs: [("strides", AttrValue.List(1, 1, 1, 1)), ("padding", AttrValue.Of("SAME"))]);
        op.CheckGradient(0);
        op.CheckGradient(1);
    }

    [Fact]
    public void VolumeGradients()
    {
        var op = new OneOp(
            "Conv3D",
            [OneOp.Doubles(1, 1, 3, 4, 3, 2), OneOp.Doubles(2, 2, 2, 2, 2, 3)],
            attrs: [("strides", AttrValue.List(1, 2, 1, 1, 1)), ("padding", AttrValue.Of("SAME"))]);
        op.CheckGradient(0);
        op.CheckGradient(1);
    }

    [Fact]
    public void PoolGradients()
    {
        foreach (string pool in new[] { "AvgPool", "MaxPool" })
        {
            var op = new OneOp(
                pool,
                [OneOp.Doubles(3, 1, 5, 4, 2)],
                attrs: [("ksize", AttrValue.List(1, 3, 2, 1)), ("strides", AttrValue.List(1, 2, 1, 1)), ("padding", AttrValue.Of("SAME"))]);
            op.CheckGradient(0);
        }
    }

    [Theory]
    [InlineData(new long[] { 1, 3, 3, 2 }, new long[] { 2, 2, 3, 1 })]
    [InlineData(new long[] { 3, 3, 2 }, new long[] { 2, 2, 2, 1 })]
    [InlineData(new long[] { 1, 3, 3, 2 }, new long[] { 2, 2, 2 })]
    [InlineData(new long[] { 1, 2, 2, 2 }, new long[] { 5, 5, 2, 1 })]
    [InlineData(new long[] { 1, 3, 3, 2 }, new long[] { 2, 2, 0, 1 })]
    public void ShapesThatDoNotFitAreRefused(long[] images, long[] filter)
    {
        Tensor x = OneOp.Doubles(1, images), f = OneOp.Doubles(2, filter);
        var op = new OneOp("Conv2D", [x, f], attrs: [("strides", AttrValue.List(1, 1, 1, 1)), ("padding", AttrValue.Of("VALID"))]);
        Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<EngineException>(op.Run).Code);
    }

    private static Tensor Floats(Tensor doubles) => Tensor.From<float>(Array.ConvertAll(doubles.ToArray<double>(), x => (float)x), doubles.Shape);

    private static Tensor Convolve(Tensor images, Tensor filter, long[] strides, string format, string op = "Conv2D")
        => new OneOp(
            op,
            [images, filter],
            attrs: [("strides", AttrValue.List(strides)), ("padding", AttrValue.Of("SAME")), ("data_format", AttrValue.Of(format))]).Run();

    private static void ForEach(int batch, int height, int width, int channels, Action<int, int, int, int> action)
    {
        for (int i = 0; i < batch * height * width * channels; i++)
            action(i / channels / width / height, i / channels / width % height, i / channels % width, i % channels);
    }
}
