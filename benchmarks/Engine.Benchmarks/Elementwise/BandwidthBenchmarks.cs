using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;

namespace Engine.Benchmarks.Elementwise;

/// <summary>Element-wise ops and reductions of float32 on one thread, beside a plain copy: in the cache and far beyond it.</summary>
[Config(typeof(Config))]
public class BandwidthBenchmarks
{
    private OneNode node = null!;
    private float[] from = [];
    private float[] to = [];

    /// <summary>The op; Copy is <c>Span.CopyTo</c>.</summary>
    [Params("Copy", "Relu", "AddV2", "Exp", "Tanh", "Sigmoid", "Erf", "Sum", "Max", "Softmax")]
    public string Op { get; set; } = "";

    /// <summary>Elements.</summary>
    [Params(1 << 13, 1 << 24)]
    public int Count { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        (from, to) = (new float[Count], new float[Count]);
        var x = OneNode.Random(Count / 1024, 1024);
        node = Op switch
        {
            "Copy" => new((_, v) => v[0], 1, x),
            "AddV2" => new((g, v) => g.NewNode(Op).Input(v[0]).Input(v[1]).Build()[0], 1, x, OneNode.Random(Count / 1024, 1024)),
            "Sum" or "Max" => new((g, v) => g.NewNode(Op).Input(v[0]).Input(g.NewNode("Const").Attr("dtype", DType.Int32).Attr("value", Tensor.From<int>([0, 1])).Build()[0]).Build()[0], 1, x),
            _ => new((g, v) => g.NewNode(Op).Input(v[0]).Build()[0], 1, x),
        };
    }

    [GlobalCleanup]
    public void Cleanup() => node.Dispose();

    [Benchmark]
    public void Run()
    {
        if (Op == "Copy")
            from.CopyTo(to, 0);
        else
            node.Run();
    }

    // Bytes that must be read and written.
    private static double Bytes(BenchmarkCase c) => 4.0 * (int)c.Parameters["Count"] * (string)c.Parameters["Op"] switch
    {
        "AddV2" => 3,
        "Sum" or "Max" => 1,
        _ => 2,
    };

    private sealed class Config : ManualConfig
    {
        public Config() => Add(WorkConfig.Of("GB/s", Bytes));
    }
}
