using Engine.Graphs;
using Engine.Runtime;

namespace Engine.Ops.Tests.Elementwise;

/// <summary>Plans with all passes answer as those without any.</summary>
public sealed class FusionTests
{
    private readonly Graph graph = new();
    private readonly List<(Value Value, Tensor Tensor)> feeds = [];
    private int seed;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 15)]
    [InlineData(3, 16)]
    [InlineData(2, 33)]
    [InlineData(5, 2100)]
    public void ChainsBroadcast(int rows, int columns)
    {
        Value x = Feed(rows, columns), row = Feed(columns), column = Feed(rows, 1), number = Feed();
        var sum = Op("Tanh", Op("AddV2", Op("Mul", x, row), column));
        var other = Op("Sub", Op("Maximum", number, Op("Mul", sum, number)), Op("Exp", Op("Neg", Op("Square", row))));
        Check(Op("AddV2", Op("Sigmoid", other), sum));
    }

    [Fact]
    public void ChainsReadPiecesOfSplits()
    {
        var gates = Feed(3, 4 * 21);
        var split = graph.NewNode("Split").Input(Constant(Tensor.Scalar(1))).Input(gates).Attr("num_split", 4L).Build();
        var state = Op("AddV2", Op("Mul", Op("Sigmoid", split[1]), Feed(3, 21)), Op("Mul", Op("Sigmoid", split[0]), Op("Tanh", split[2])));
        Check(Op("Mul", Op("Sigmoid", split[3]), Op("Tanh", state)));
    }

    [Theory]
    [InlineData(7, 9, 5)]
    [InlineData(150, 33, 16)]
    public void AttentionOverMaskedKeys(int queries, int keys, int depth)
    {
        Value q = Feed(2, queries, 3, depth), k = Feed(2, keys, 3, depth), v = Feed(2, 3, keys, depth + 1), mask = Feed(2, 1, 1, keys);
        var order = Constant(Tensor.From<int>(0, 2, 1, 3));
        var scores = Product(Op("Transpose", q, order), Op("Transpose", k, order), true);
        var weights = Op("Softmax", Op("AddV2", Op("Mul", scores, Constant(Tensor.Scalar(0.25f))), mask));
        Check(Op("Transpose", Product(weights, v, false), order));
    }

    [Fact]
    public void DenseLayersEndWithBiasAndActivation()
    {
        var x = Feed(2, 9, 6, 5);
        var product = graph.NewNode("Einsum").Input([x, Constant(Random(5, 6, 40))]).Attr("equation", "abcd,dce->abe").Build()[0];
        var y = Op("AddV2", product, Constant(Random(40)));
        var gelu = Op("Mul", Op("Mul", Constant(Tensor.Scalar(0.5f)), y), Op("AddV2", Constant(Tensor.Scalar(1f)), Op("Erf", Op("RealDiv", y, Constant(Tensor.Scalar(1.41421354f))))));
        Check(Op("Relu", Op("AddV2", gelu, gelu)));
    }

    [Fact]
    public void SumsOfProductsBroadcastRows()
    {
        Value one = Feed(1, 6), many = Feed(4, 8);
        Value w = Constant(Random(6, 10)), u = Constant(Random(8, 10));
        Check(Op("Tanh", Op("BiasAdd", Op("AddV2", Op("MatMul", many, u), Op("MatMul", one, w)), Constant(Random(10)))));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(40)]
    public void LayerNormalisation(int columns)
    {
        var x = Feed(3, 4, columns);
        var axis = Constant(Tensor.From<int>(-1));
        Value Mean(Value value) => graph.NewNode("Mean").Input(value).Input(axis).Attr("keep_dims", true).Build()[0];
        var mean = Mean(x);
        var variance = Mean(Op("SquaredDifference", x, mean));
        var scale = Op("Mul", Op("Rsqrt", Op("AddV2", variance, Constant(Tensor.Scalar(1e-3f)))), Constant(Random(columns)));
        Check(Op("AddV2", Op("Mul", x, scale), Op("Sub", Constant(Random(columns)), Op("Mul", mean, scale))));
    }

    private Value Op(string op, params Value[] inputs)
    {
        var node = graph.NewNode(op);
        foreach (var input in inputs)
            node.Input(input);
        return node.Build()[0];
    }

    private Value Product(Value x, Value y, bool transposes) => graph.NewNode("BatchMatMulV2").Input(x).Input(y).Attr("adj_y", transposes).Build()[0];

    private Value Constant(Tensor value) => graph.NewNode("Const").Attr("value", value).Attr("dtype", value.Type).Build()[0];

    private Value Feed(params long[] dims)
    {
        var tensor = Random(dims);
        var value = graph.NewNode("Placeholder").Attr("dtype", DType.Float32).Attr("shape", new PartialShape(dims)).Build()[0];
        feeds.Add((value, tensor));
        return value;
    }

    private Tensor Random(params long[] dims)
    {
        var random = new Random(++seed);
        var tensor = Tensor.Zeros(DType.Float32, new Shape(dims));
        foreach (ref var x in tensor.AsSpan<float>())
            x = (random.NextSingle() * 2) - 1;
        return tensor;
    }

    private void Check(Value result)
    {
        using var plain = new Session(graph, new SessionOptions { DisabledPasses = [.. PlanPasses.All] });
        using var full = new Session(graph);
        var (expected, actual) = (plain.Run(result, [.. feeds]), full.Run(result, [.. feeds]));
        Assert.Equal(expected.Shape, actual.Shape);
        for (var i = 0; i < expected.Count; i++)
            Assert.Equal(expected.AsSpan<float>()[i], actual.AsSpan<float>()[i], 1e-5f);
    }
}
