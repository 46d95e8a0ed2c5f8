using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;

namespace Engine.Benchmarks.Gemm;

/// <summary>float32 products of matrices by a constant, square and skinny, on one thread.</summary>
[Config(typeof(Config))]
public class MatMulBenchmarks
{
    private OneNode product = null!;

    /// <summary>Rows, depth and columns.</summary>
    [Params("1x784x256", "1x1024x1024", "8x1024x1024", "64x64x64", "128x768x768", "128x768x3072", "256x256x256", "512x512x512", "1024x1024x1024", "12544x64x24")]
    public string Size { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var d = Dims(Size);
        product = new((g, x) => g.NewNode("MatMul").Input(x[0]).Input(OneNode.Weights(g, d[1], d[2])).Build()[0], 1, OneNode.Random(d[0], d[1]));
    }

    [GlobalCleanup]
    public void Cleanup() => product.Dispose();

    [Benchmark]
    public void MatMul() => product.Run();

    private static long[] Dims(string size) => [.. size.Split('x').Select(long.Parse)];

    private sealed class Config : ManualConfig
    {
        public Config() => Add(WorkConfig.Of("GFLOP/s", c => Dims((string)c.Parameters["Size"]) is var d ? 2.0 * d[0] * d[1] * d[2] : 0));
    }
}
