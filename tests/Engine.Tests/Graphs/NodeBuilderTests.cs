using Engine.Graphs;

namespace Engine.Tests.Graphs;

public class NodeBuilderTests
{
    private readonly Graph graph = new(TestOps.Registry);

    [Fact]
    public void TypesAndCountsFollowFromTheInputs()
    {
        var x = graph.Placeholder(DType.Float64);
        var n = graph.NewNode("AddN").Input([x, x, x]).Build();
        Assert.Equal(3, n.Attr("N").AsInt());
        Assert.Equal(DType.Float64, n.Attr("T").AsType());
        Assert.Equal([DType.Float64], n.OutputTypes);
        var i = graph.NewNode("IdentityN").Input([x, graph.Constant(1), graph.Constant("s")]).Build();
        Assert.Equal([DType.Float64, DType.Int32, DType.String], i.OutputTypes);
        Assert.Equal([DType.Float64, DType.Int32, DType.String], i.InputTypes);
    }

    [Fact]
    public void OneValueServesAsAList() => Assert.Equal(1, graph.NewNode("AddN").Input(graph.Constant(1f)).Build().Attr("N").AsInt());

    [Fact]
    public void ReferencesCountAsTheirValueType()
    {
        var v = graph.VariableV2([2], DType.Float32);
        Assert.Equal(DType.Float32.Ref(), v.Type);
        Assert.Equal(DType.Float32, graph.Neg(v).Type);
        Assert.Equal(DType.Float32.Ref(), graph.Assign(v, graph.Constant([1f, 2f])).Type);
    }

    [Fact]
    public void DefaultsComeFromTheDefinition()
    {
        var n = graph.NewNode("TopKV2").Input(graph.Placeholder(DType.Float32)).Input(graph.Constant(2)).Build();
        Assert.True(n.Attr("sorted").AsBool());
        Assert.Equal([DType.Float32, DType.Int32], n.OutputTypes);
        Assert.Equal(n[1], n.Output("indices"));
        Assert.Equal([n[0]], n.OutputList("values"));
        Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<EngineException>(() => n.Output("none")).Code);
        Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<EngineException>(() => n.Attr("none")).Code);
    }

    public static TheoryData<string, Func<Graph, NodeBuilder>> Wrong => new()
    {
        { "too few inputs", g => g.NewNode("AddV2").Input(g.Constant(1f)) },
        { "too many inputs", g => g.NewNode("Neg").Input(g.Constant(1f)).Input(g.Constant(1f)) },
        { "two types", g => g.NewNode("AddV2").Input(g.Constant(1f)).Input(g.Constant(1)) },
        { "two types in a list", g => g.NewNode("AddN").Input([g.Constant(1f), g.Constant(1)]) },
        { "lists of two lengths", g => g.NewNode("DynamicStitch").Input([g.Constant([1])]).Input([g.Constant([1f]), g.Constant([1f])]) },
        { "type not allowed", g => g.NewNode("Neg").Input(g.Constant("s")) },
        { "value for a reference", g => g.NewNode("Assign").Input(g.Constant(1f)).Input(g.Constant(1f)) },
        { "missing attribute", g => g.NewNode("Placeholder") },
        { "attribute of another kind", g => g.NewNode("Placeholder").Attr("dtype", 1L) },
        { "list for a scalar", g => g.NewNode("Placeholder").Attr("dtype", [DType.Float32]) },
        { "list of another kind", g => g.NewNode("PlaceholderWithDefault").Input(g.Constant(1f)).Attr("shape", [1L]) },
        { "string not allowed", g => g.NewNode("Conv2D").Input(g.Placeholder(DType.Float32)).Input(g.Placeholder(DType.Float32)).Attr("strides", [1L, 1, 1, 1]).Attr("padding", "NONE") },
        { "less than the minimum", g => g.NewNode("AddN").Attr("N", 0L).Attr("T", DType.Float32) },
        { "empty list", g => g.NewNode("AddN").Input([]) },
        { "list too short", g => g.NewNode("IdentityN").Input([]) },
        { "absurd number", g => g.NewNode("Split").Input(g.Constant(0)).Input(g.Constant([1f])).Attr("num_split", long.MaxValue) },
        { "no element type", g => g.NewNode("Placeholder").Attr("dtype", (DType)99) },
        { "reference type", g => g.NewNode("Placeholder").Attr("dtype", DType.Float32.Ref()) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void WhatDoesNotFitIsRefused(string what, Func<Graph, NodeBuilder> build)
    {
        var e = Assert.Throws<EngineException>(() => build(graph).Build());
        Assert.True(e.Code == StatusCode.InvalidArgument, $"{what}: {e}");
        Assert.NotNull(e.NodeName);
    }
}
