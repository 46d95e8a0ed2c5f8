using Engine.Graphs;
using Engine.Runtime;

namespace Engine.Ops.Tests.Nn;

/// <summary>The parts of inverted residual blocks that plans compute as one op.</summary>
public sealed class MobileBlockTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 1)] // one gate for all images
    [InlineData(1, 3)] // several gates for one image: the product is larger than the images
    public void GatesGoIntoTheFilter(int images, int gates)
    {
        var graph = new Graph();
        Value x = Placeholder(graph, [images, 9, 7, 20]), gate = Placeholder(graph, [gates, 1, 1, 20]), sum = Placeholder(graph, [Math.Max(images, gates), 9, 7, 35]);
        Value product = graph.NewNode("Mul").Input(gate).Input(x).Build()[0];
        Value y = Convolution(graph, "Conv2D", product, [1, 1, 20, 35], 1);
        y = graph.NewNode("AddV2").Input(graph.NewNode("BiasAdd").Input(y).Input(Const(graph, [35])).Build()[0]).Input(sum).Build()[0];
        bool fuses = gates == 1 || gates == images;
        Check(graph, fuses ? "_GatedConvolution" : "Mul", y, [(x, Numbers([.. Shape(x)])), (gate, Numbers([.. Shape(gate)])), (sum, Numbers([.. Shape(sum)]))]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void ExpandedImagesStayInTheCache(int stride)
    {
        var graph = new Graph();
        Value x = Placeholder(graph, [2, 75, 80, 12]);
        Value y = graph.NewNode("Relu6").Input(graph.NewNode("BiasAdd").Input(Convolution(graph, "Conv2D", x, [1, 1, 12, 60], 1)).Input(Const(graph, [60])).Build()[0]).Build()[0];
        y = Convolution(graph, "DepthwiseConv2dNative", y, [5, 5, 60, 1], stride);
        y = graph.NewNode("Relu").Input(graph.NewNode("BiasAdd").Input(y).Input(Const(graph, [60])).Build()[0]).Build()[0];
        Check(graph, "_ExpandedDepthwise", y, [(x, Numbers([2, 75, 80, 12]))]);
    }

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(1, 2, true)]
    [InlineData(8, 1, true)] // enough images that each is one piece of work, of several bands
    [InlineData(2, 1, false)] // one tensor added to all images
    public void SeparableConvolutionsRunInBands(int images, int stride, bool equals)
    {
        var graph = new Graph();
        Value x = Placeholder(graph, [images, 67, 76, 24]);
        Value y = Convolution(graph, "DepthwiseConv2dNative", x, [3, 5, 24, 1], stride);
        y = graph.NewNode("Relu6").Input(graph.NewNode("BiasAdd").Input(y).Input(Const(graph, [24])).Build()[0]).Build()[0];
        y = graph.NewNode("BiasAdd").Input(Convolution(graph, "Conv2D", y, [1, 1, 24, 35], 1)).Input(Const(graph, [35])).Build()[0];
        Value sum = Placeholder(graph, [equals ? images : 1, (67 + stride - 1) / stride, 76 / stride, 35]);
        y = graph.NewNode("Tanh").Input(graph.NewNode("AddV2").Input(y).Input(sum).Build()[0]).Build()[0];
        Check(graph, "_SeparableConvolution", y, [(x, Numbers([.. Shape(x)])), (sum, Numbers([.. Shape(sum)]))]);
    }

    [Fact]
    public void VolumesTakeWhatFollows()
    {
        var graph = new Graph();
        Value x = Placeholder(graph, [2, 5, 9, 10, 3]);
        Value y = graph.NewNode("Conv3D").Input(x).Input(Const(graph, [3, 3, 3, 3, 20])).Attr("strides", AttrValue.List(1, 1, 2, 1, 1)).Attr("padding", "SAME").Build()[0];
        y = graph.NewNode("BiasAdd").Input(y).Input(Const(graph, [20])).Build()[0];
        y = graph.NewNode("Mul").Input(y).Input(Const(graph, [20])).Build()[0];
        y = graph.NewNode("Relu").Input(graph.NewNode("AddV2").Input(y).Input(Const(graph, [1, 1, 1, 1, 20])).Build()[0]).Build()[0];
        Check(graph, "_FusedConvolution3D", y, [(x, Numbers([2, 5, 9, 10, 3]))]);
    }

    private static void Check(Graph graph, string op, Value fetch, (Value, Tensor)[] feeds)
    {
        using var plain = new Session(graph, new SessionOptions { DisabledPasses = [.. PlanPasses.All] });
        using var fused = new Session(graph);
        var observer = new Ops();
        fused.Observer = observer;
        float[] expected = plain.Run(fetch, feeds).ToArray<float>(), actual = fused.Run(fetch, feeds).ToArray<float>();
        Assert.Contains(op, observer.Names);
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 2e-5f);
    }

    private static Value Convolution(Graph graph, string op, Value x, long[] filter, int stride)
        => graph.NewNode(op).Input(x).Input(Const(graph, filter)).Attr("strides", AttrValue.List(1, stride, stride, 1)).Attr("padding", "SAME").Build()[0];

    private static Value Placeholder(Graph graph, long[] shape)
        => graph.NewNode("Placeholder").Attr("dtype", DType.Float32).Attr("shape", AttrValue.Of(new PartialShape(shape))).Build()[0];

    private static IEnumerable<long> Shape(Value value)
    {
        PartialShape shape = value.Node.Attr("shape").AsShape();
        return Enumerable.Range(0, shape.Rank).Select(i => shape[i]);
    }

    private static Value Const(Graph graph, long[] shape)
        => graph.NewNode("Const").Attr("dtype", DType.Float32).Attr("value", AttrValue.Of(Numbers(shape))).Build()[0];

    private static Tensor Numbers(long[] shape)
    {
        var random = new Random(shape.Length + (int)shape[0]);
        var tensor = Tensor.Zeros(DType.Float32, new Shape(shape));
        foreach (ref float x in tensor.AsSpan<float>())
            x = random.NextSingle() - 0.5f;
        return tensor;
    }

    private sealed class Ops : IStepObserver
    {
        public List<string> Names { get; } = [];

        public void Ran(Node node, long start, long end) => Names.Add(node.Op);
    }
}
