using Engine.Graphs;
using Engine.Io;
using Engine.Runtime;
using Engine.Variables;

namespace Engine.Interop.Cases;

/// <summary>An object-based checkpoint: <c>tf.train.Checkpoint</c> restores all of it into objects of the same names.</summary>
internal sealed class ObjectCase : InteropCase
{
    internal override string Name => "objects";

    internal override string Kind => "objects";

    internal override void Write(CaseFolder folder)
    {
        var graph = new Graph();
        var w = graph.NewVariable(Tensor.From<float>([1, 2, 3, 4], [2, 2]), "w", useResource: true);
        var a = graph.NewVariable(3f, "a");
        var b = graph.NewVariable(4f, "b");
        var step = graph.NewVariable(7L, "step");
        var handle = graph.NewNode("MutableHashTableV2", "mt").Attr("key_dtype", DType.String).Attr("value_dtype", DType.Int64).Attr("use_node_name_sharing", true).Build()[0];
        var fill = graph.NewNode("LookupTableInsertV2").Input(handle).Input(graph.Constant(["k"])).Input(graph.Constant(new[] { 42L })).Build();
        using var session = new Session(graph);
        session.Run(graph.GlobalVariablesInitializer());
        session.Run(fill);
        var checkpoint = new Checkpoint(graph,
        [
            new("model", new Trackable([new("w", w), new("layers", new[] { a, b }), new("d", new Dictionary<string, object> { ["k.x"] = a })])),
            new("step", step),
            new("table", new TableSaveable(handle)),
        ]);
        var manager = new CheckpointManager(checkpoint, folder["run"], maxToKeep: 2);
        for (var i = 0; i < 3; i++)
            folder.Set("prefix", manager.Save(session)!);
        folder.Set("directory", folder["run"]);
    }
}
