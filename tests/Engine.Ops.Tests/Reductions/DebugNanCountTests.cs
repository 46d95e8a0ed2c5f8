using Engine.Graphs;
using Engine.Runtime;

namespace Engine.Ops.Tests.Reductions;

public class DebugNanCountTests
{
    [Fact]
    public void CountsNaNsAlone()
    {
        var graph = new Graph();
        var x = graph.NewNode("Placeholder", "x").Attr("dtype", DType.Float32).Build()[0];
        var count = graph.NewNode("DebugNanCount").Input(x).Build()[0];
        using var session = new Session(graph);
        using var fed = Tensor.From([1f, float.NaN, float.PositiveInfinity, -float.NaN, 0f, float.NegativeInfinity], new Shape(2, 3));
        Assert.Equal([2L], session.Run(count, (x, fed)).ToArray<long>());
    }
}
