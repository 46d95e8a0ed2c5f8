using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;

namespace Engine.Benchmarks.Convolution;

/// <summary>Layers of well-known nets, float32, batch 1, one thread: op, height x width x channels, window, filters, stride.</summary>
[Config(typeof(Config))]
public class ConvolutionBenchmarks
{
    private OneNode layer = null!;

    /// <summary>The layer: net, op, input, window, filters, stride.</summary>
    [Params(
        "mobilenet_v2 Conv2D 224x224x3 3 32 2", "mobilenet_v2 Depthwise 112x112x32 3 1 1", "mobilenet_v2 Conv2D 112x112x32 1 16 1", "mobilenet_v2 Conv2D 56x56x24 1 144 1",
        "mobilenet_v2 Depthwise 56x56x144 3 1 1", "mobilenet_v2 Depthwise 14x14x576 3 1 2", "mobilenet_v2 Conv2D 7x7x320 1 1280 1",
        "resnet50 Conv2D 224x224x3 7 64 2", "resnet50 Conv2D 56x56x64 1 256 1", "resnet50 Conv2D 56x56x64 3 64 1", "resnet50 Conv2D 28x28x128 3 128 1",
        "resnet50 Conv2D 14x14x256 3 256 1", "resnet50 Conv2D 7x7x512 3 512 1", "resnet50 Conv2D 14x14x1024 1 512 2",
        "inception_v3 Conv2D 149x149x32 3 32 1", "inception_v3 Conv2D 35x35x64 5 96 1", "inception_v3 Conv2D 17x17x768 1 192 1",
        "efficientnet_b0 Depthwise 112x112x96 3 1 2", "efficientnet_b0 Depthwise 28x28x240 5 1 1", "efficientnet_b0 Conv2D 14x14x672 1 112 1")]
    public string Layer { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var (depthwise, input, window, filters, stride) = Parse(Layer);
        layer = new((g, x) => g.NewNode(depthwise ? "DepthwiseConv2dNative" : "Conv2D").Input(x[0]).Input(OneNode.Weights(g, window, window, input[2], filters))
            .Attr("strides", [1L, stride, stride, 1]).Attr("padding", "SAME").Build()[0], 1, OneNode.Random(1, input[0], input[1], input[2]));
    }

    [GlobalCleanup]
    public void Cleanup() => layer.Dispose();

    [Benchmark]
    public void Convolution() => layer.Run();

    private static (bool Depthwise, long[] Input, long Window, long Filters, long Stride) Parse(string layer)
    {
        var words = layer.Split(' ');
        return (words[1] == "Depthwise", [.. words[2].Split('x').Select(long.Parse)], long.Parse(words[3]), long.Parse(words[4]), long.Parse(words[5]));
    }

    private static double Operations(string layer)
    {
        var (depthwise, input, window, filters, stride) = Parse(layer);
        var pixels = ((input[0] + stride - 1) / stride) * ((input[1] + stride - 1) / stride);
        return 2.0 * pixels * window * window * input[2] * (depthwise ? 1 : filters);
    }

    private sealed class Config : ManualConfig
    {
        public Config() => Add(WorkConfig.Of("GFLOP/s", c => Operations((string)c.Parameters["Layer"])));
    }
}
