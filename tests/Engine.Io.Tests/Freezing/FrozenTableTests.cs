using Engine.Graphs;
using Engine.Runtime;
using Engine.Variables;

namespace Engine.Io.Tests.Freezing;

public sealed class FrozenTableTests
{
    [Fact]
    public void TheInitializerOfATableIsKeptWhenItIsNamed()
    {
        var graph = new Graph();
        var weights = graph.GetVariable("w", [3], initializer: Initializers.Constant(Tensor.From(10f, 20f, 30f)));
        var table = graph.NewNode("HashTableV2", "table").Attr("key_dtype", DType.String).Attr("value_dtype", DType.Int64).Build()[0];
        graph.NewNode("LookupTableImportV2", "fill").Input(table).Input(graph.Constant(["a", "b"])).Input(graph.Constant(new[] { 1L, 2L })).Build();
        var found = graph.NewNode("LookupTableFindV2").Input(table).Input(graph.Constant(["b", "x", "a"])).Input(graph.Constant(0L)).Build()[0];
        graph.GatherV2(weights, found, graph.Constant(0), name: "y");
        using var session = new Session(graph);
        session.Run(graph.GlobalVariablesInitializer());

        var without = GraphFreezing.VariablesToConstants(session, ["y"]);
        Assert.DoesNotContain(without.Nodes, n => n.Name == "fill");
        using (var empty = new Session(Graph.FromDef(without)))
            Assert.Equal(StatusCode.FailedPrecondition, Assert.Throws<EngineException>(() => empty.Run([], ["y:0"])).Code);

        using var frozen = new Session(Graph.FromDef(GraphFreezing.VariablesToConstants(session, ["y", "fill"])));
        frozen.Run([], [], ["fill"]);
        Assert.Equal([30f, 10, 20], frozen.Run([], ["y:0"])[0].ToArray<float>());
    }
}
