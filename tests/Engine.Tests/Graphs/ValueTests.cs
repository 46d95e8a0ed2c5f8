using Engine.Graphs;

namespace Engine.Tests.Graphs;

public class ValueTests
{
    private readonly Graph graph = new(TestOps.Registry);

    [Fact]
    public void OperatorsAddNodes()
    {
        var (x, y) = (graph.Placeholder(DType.Float32, name: "x"), graph.Placeholder(DType.Float32, name: "y"));
        Assert.Equal("AddV2", (x + y).Node.Op);
        Assert.Equal("Sub", (x - y).Node.Op);
        Assert.Equal("Mul", (x * y).Node.Op);
        Assert.Equal("RealDiv", (x / y).Node.Op);
        Assert.Equal("FloorMod", (x % y).Node.Op);
        Assert.Equal("Neg", (-x).Node.Op);
        Assert.Equal([y, x], (y - x).Node.Inputs);
        var (i, j) = (graph.Constant(1), graph.Constant(2));
        Assert.Equal("FloorDiv", (i / j).Node.Op);
    }

    [Fact]
    public void NumbersBecomeConstantsOfTheOtherSidesType()
    {
        var x = graph.Placeholder(DType.Float16);
        var y = 1 - x * 2.5;
        Assert.Equal(DType.Float16, y.Type);
        Assert.Equal((Half)1, y.Node.Inputs[0].Node.Attr("value").AsTensor().Item<Half>());
        Assert.Equal((Half)2.5, y.Node.Inputs[1].Node.Inputs[1].Node.Attr("value").AsTensor().Item<Half>());
        var i = graph.Constant(7);
        Assert.Equal(DType.Int32, (i + 1).Type);
        Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<EngineException>(() => i + 0.5).Code);
        Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<EngineException>(() => graph.Constant("s") + 1).Code);
    }

    [Fact]
    public void ShapesFollow()
    {
        var x = graph.Placeholder(DType.Float32, [-1, 3]);
        Assert.Equal("[?,3]", (x + graph.Constant([1f, 2f, 3f])).Shape.ToString());
        Assert.Equal(2, x.Rank);
        Assert.Equal("[?,4]", graph.MatMul(x, graph.Placeholder(DType.Float32, [3, 4])).Shape.ToString());
        Assert.Equal("[2,3]", graph.Reshape(x, graph.Constant([2, 3])).Shape.ToString());
        Assert.Equal("[?,?]", graph.Reshape(x, graph.Placeholder(DType.Int32, [2])).Shape.ToString());
        // A contradiction is no error before it runs.
        Assert.Equal("<unknown>", graph.MatMul(graph.Constant([1f]), x).Shape.ToString());
    }

    [Fact]
    public void PrintsAsTensorFlowNamesIt()
    {
        var x = graph.Placeholder(DType.Float32, name: "a/x");
        Assert.Equal("a/x:0", x.ToString());
        Assert.Equal("(none)", default(Value).ToString());
        Assert.Equal("Neg = Neg(a/x:0, ^a/x)", graph.NewNode("Neg").Input(x).After(x.Node).Build().ToString());
    }
}
