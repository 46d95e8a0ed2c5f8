using Engine.Graphs;

namespace Engine.Tests.Graphs;

public class GradientsTests
{
    private readonly Graph graph = new(TestOps.Registry);

    [Fact]
    public void TheChainRule()
    {
        var (x, y) = (graph.Placeholder(DType.Float32, name: "x"), graph.Placeholder(DType.Float32, name: "y"));
        var gradients = Gradients.Add([x * y], [x, y]);
        Assert.Equal(y, gradients[0]!.Values.Node.Inputs[1]);
        Assert.Equal(x, gradients[1]!.Values.Node.Inputs[1]);
        Assert.Equal("OnesLike", gradients[0]!.Values.Node.Inputs[0].Node.Op);
    }

    [Fact]
    public void GradientsOfSeveralUsesAddUp()
    {
        var x = graph.Placeholder(DType.Float32);
        var gradient = Gradients.Add([x + x], [x])[0]!;
        Assert.Equal("AddN", gradient.Values.Node.Op);
        Assert.Equal(2, gradient.Values.Node.Inputs.Count);
    }

    [Fact]
    public void WhatIsNotOnTheWayHasNone()
    {
        var (x, y) = (graph.Placeholder(DType.Float32), graph.Placeholder(DType.Float32));
        Assert.Null(Gradients.Add([-x], [y])[0]);
        Assert.Null(Gradients.Add([], [y])[0]);
        var i = graph.Placeholder(DType.Int32);
        Assert.Null(Gradients.Add([graph.Neg(i)], [i])[0]);
    }

    [Fact]
    public void AGivenGradientIsUsed()
    {
        var (x, g) = (graph.Placeholder(DType.Float32), graph.Placeholder(DType.Float32));
        var gradient = Gradients.Add([-x], [x], [g])[0]!;
        Assert.Equal(g, gradient.Values.Node.Inputs[0]);
        Assert.Equal(g, Gradients.Add([x], [x], [g])[0]!.Values);
    }

    [Fact]
    public void OutputsWithoutAGradientCountAsZeros()
    {
        var x = graph.Placeholder(DType.Float32);
        var parts = graph.Split(graph.Constant(0), x, 2);
        var gradient = Gradients.Add([parts[1]], [x])[0]!;
        Assert.Equal("ConcatV2", gradient.Values.Node.Op);
        Assert.Equal("ZerosLike", gradient.Values.Node.Inputs[0].Node.Op);
    }

    [Fact]
    public void SlicesStaySlicesUntilTheyMeetADenseGradient()
    {
        var (x, i) = (graph.Placeholder(DType.Float32), graph.Placeholder(DType.Int32));
        var rows = graph.GatherV2(x, i, graph.Constant(0));
        Assert.True(Gradients.Add([rows], [x])[0]!.IsSparse);
        var both = Gradients.Add([rows, graph.GatherV2(x, i, graph.Constant(0))], [x])[0]!;
        Assert.True(both.IsSparse);
        Assert.Equal("ConcatV2", both.Indices!.Value.Node.Op);
        var mixed = Gradients.Add([rows, -x], [x])[0]!;
        Assert.False(mixed.IsSparse);
        Assert.Contains(mixed.Values.Node.Inputs, v => v.Node.Op == "UnsortedSegmentSum");
    }

    [Fact]
    public void AnOpWithoutAGradientIsNamed()
    {
        var x = graph.Placeholder(DType.Float32);
        var e = Assert.Throws<EngineException>(() => Gradients.Add([graph.Floor(x)], [x]));
        Assert.Equal(StatusCode.NotFound, e.Code);
        Assert.Equal("Floor", e.Op);
    }
}
