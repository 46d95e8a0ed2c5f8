using Engine.Graphs;
using Engine.Io;
using Engine.Runtime;
using Engine.Variables;

namespace Engine.Interop.Cases;

/// <summary>A frozen graph with a table: its initializer was named among the outputs, runs first, and TensorFlow keeps the same nodes.</summary>
internal sealed class FrozenTableCase : InteropCase
{
    internal override string Name => "frozen_table";

    internal override string Kind => "frozen_table";

    internal override void Write(CaseFolder folder)
    {
        var graph = new Graph();
        var weights = graph.GetVariable("w", [3], initializer: Initializers.Constant(Tensor.From(10f, 20f, 30f)), useResource: false);
        var table = graph.NewNode("HashTableV2", "table").Attr("key_dtype", DType.String).Attr("value_dtype", DType.Int64).Build()[0];
        var fill = graph.NewNode("LookupTableImportV2", "table_init").Input(table).Input(graph.Constant(["a", "b"])).Input(graph.Constant(new[] { 1L, 2L })).Build();
        var words = graph.Placeholder(DType.String, [-1], "words");
        var found = graph.NewNode("LookupTableFindV2", "found").Input(table).Input(words).Input(graph.Constant(0L)).Build()[0];
        graph.GatherV2(weights, found, graph.Constant(0), name: "y");
        graph.NewNode("NoOp", "unused").Build();
        using var session = new Session(graph);
        session.Run(graph.GlobalVariablesInitializer());
        GraphFile.Write(folder["whole.pb"], graph);
        var def = GraphFreezing.VariablesToConstants(session, ["y", fill.Name]);
        GraphFile.Write(folder["frozen.pb"], def);
        var inputs = new Dictionary<string, Tensor> { ["words:0"] = Tensor.FromStrings(["b", "x", "a"]) };
        using var frozen = new Session(Graph.FromDef(def));
        frozen.Run([], [], [fill.Name]);
        folder.Set("init", fill.Name);
        folder.Set("inputs", inputs);
        folder.Set("outputs", [KeyValuePair.Create("y:0", frozen.Run([.. inputs], ["y:0"])[0])]);
    }
}
