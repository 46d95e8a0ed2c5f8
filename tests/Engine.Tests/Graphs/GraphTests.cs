using Engine.Graphs;

namespace Engine.Tests.Graphs;

public class GraphTests
{
    private readonly Graph graph = new(TestOps.Registry);

    [Fact]
    public void NamesAreMadeUnique()
    {
        Assert.Equal("NoOp", graph.NoOp().Name);
        Assert.Equal("NoOp_1", graph.NoOp().Name);
        Assert.Equal("noop_2", graph.NoOp("noop").Name);
        Assert.Equal("a", graph.NoOp("a").Name);
        Assert.Equal("a_1", graph.NoOp("a_1").Name);
        Assert.Equal("a_2", graph.NoOp("a").Name);
        Assert.Equal("a_1_1", graph.NoOp("a_1").Name);
    }

    [Fact]
    public void ScopesPrefixNames()
    {
        using (graph.NameScope("layer"))
        {
            Assert.Equal("layer/", graph.Scope);
            Assert.Equal("layer/a", graph.NoOp("a").Name);
            using (graph.NameScope("inner"))
                Assert.Equal("layer/inner/a", graph.NoOp("a").Name);
        }
        using (graph.NameScope("layer"))
            Assert.Equal("layer_1/a", graph.NoOp("a").Name);
        using (graph.NameScope("layer/"))
            Assert.Equal("layer/a_1", graph.NoOp("a").Name);
        Assert.Equal("", graph.Scope);
        Assert.Equal("a", graph.NoOp("a").Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("^a")]
    [InlineData("a:0")]
    [InlineData("a b")]
    [InlineData("/a")]
    [InlineData("ä")]
    public void NamesMustBeValid(string name)
    {
        Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<EngineException>(() => graph.NoOp(name)).Code);
        Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<EngineException>(() => graph.AddNode("Anything", [], name: name)).Code);
        if (name.Length > 0)
            Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<EngineException>(() => graph.NameScope(name)).Code);
    }

    [Fact]
    public void TheScopeWithoutNameIsTheRoot()
    {
        using (graph.NameScope("outer"))
        using (graph.NameScope(""))
            Assert.Equal("inRoot", graph.NoOp("inRoot").Name);
    }

    [Theory]
    [InlineData("a/b/c")]
    [InlineData("a.b")]
    [InlineData("0abc")]
    [InlineData("a>b")]
    [InlineData("a_b/c.d-e/F")]
    public void NamesThatTensorFlowTakes(string name) => Assert.Equal(name, graph.NoOp(name).Name);

    [Fact]
    public void AScopeThatWasLeftTwiceIsLeftOnce()
    {
        var scope = graph.NameScope("a");
        using (graph.NameScope("outer"))
        {
        }
        scope.Dispose();
        scope.Dispose();
        Assert.Equal("", graph.Scope);
    }

    [Fact]
    public void ControlDependenciesReachEveryNodeInside()
    {
        var (a, b) = (graph.NoOp("a"), graph.NoOp("b"));
        Node c, d;
        using (graph.ControlDependencies(a))
        {
            c = graph.NoOp("c");
            using (graph.ControlDependencies(b, a))
                d = graph.NewNode("NoOp", "d").After(c).Build();
        }
        Assert.Equal([a], c.ControlInputs);
        Assert.Equivalent(new[] { a, b, c }, d.ControlInputs);
        Assert.Equal(3, d.ControlInputs.Count);
        Assert.Empty(graph.NoOp().ControlInputs);
    }

    [Fact]
    public void DevicesReachEveryNodeInside()
    {
        using (graph.Device("/device:CPU:0"))
        {
            Assert.Equal("/device:CPU:0", graph.NoOp().Device);
            using (graph.Device("/device:GPU:1"))
                Assert.Equal("/device:GPU:1", graph.NoOp().Device);
            Assert.Equal("/job:a", graph.NewNode("NoOp").On("/job:a").Build().Device);
        }
        Assert.Equal("", graph.NoOp().Device);
    }

    [Fact]
    public void NodesAndTensorsAreFoundByName()
    {
        var x = graph.Placeholder(DType.Float32, name: "scope/x");
        Assert.Same(x.Node, graph.Find("scope/x"));
        Assert.Same(x.Node, graph.NodeByName("scope/x"));
        Assert.Equal(x, graph.ValueByName("scope/x"));
        Assert.Equal(x, graph.ValueByName("scope/x:0"));
        Assert.Null(graph.Find("x"));
        Assert.Equal(StatusCode.NotFound, Assert.Throws<EngineException>(() => graph.NodeByName("x")).Code);
        Assert.Equal(StatusCode.NotFound, Assert.Throws<EngineException>(() => graph.ValueByName("x:0")).Code);
        Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<EngineException>(() => graph.ValueByName("scope/x:1")).Code);
        Assert.Equal([x.Node], graph.Nodes);
    }

    [Fact]
    public void UnknownOpsBecomeNodes()
    {
        var x = graph.Placeholder(DType.Float32);
        var node = graph.AddNode("FromTheFuture", [x], new Dictionary<string, AttrValue> { ["a"] = AttrValue.Of(1L) });
        Assert.Null(node.Definition);
        Assert.Equal(1, node.Attr("a").AsInt());
        Assert.Empty(node.OutputTypes);
        Assert.Equal("FromTheFuture:3", node[3].Name);
        Assert.False(node[3].Shape.HasRank);
    }

    [Fact]
    public void ADeepGraphHasShapes()
    {
        var x = graph.Placeholder(DType.Float32, [2, 3]);
        for (var i = 0; i < 20_000; i++)
            x = graph.Neg(x);
        Assert.Equal("[2,3]", x.Shape.ToString());
    }
}
