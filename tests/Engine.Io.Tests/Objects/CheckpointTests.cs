using Engine.Graphs;
using Engine.Runtime;
using Engine.Variables;

namespace Engine.Io.Tests.Objects;

public sealed class CheckpointTests : IDisposable
{
    private readonly TestData data = new();

    public void Dispose() => data.Dispose();

    [Fact]
    public void ValuesAreFoundAlongNames()
    {
        string path;
        using (var session = Make(2, out var graph, out var objects, out _))
        {
            var checkpoint = new Checkpoint(graph, objects);
            path = checkpoint.Save(session, data["ckpt"]);
            Assert.Equal(data["ckpt-1"], path);
            Assert.Equal(data["ckpt-2"], checkpoint.Save(session, data["ckpt"]));
        }
        Assert.Equal(data["ckpt-2"], CheckpointManagement.LatestCheckpoint(data.Folder));
        using (var reader = CheckpointReader.Open(path))
        {
            Assert.Equal(["_CHECKPOINTABLE_OBJECT_GRAPH", "model/d/k..x/.ATTRIBUTES/VARIABLE_VALUE", "model/layers/0/.ATTRIBUTES/VARIABLE_VALUE",
                "model/layers/0/.OPTIMIZER_SLOT/optimizer/m/.ATTRIBUTES/VARIABLE_VALUE", "save_counter/.ATTRIBUTES/VARIABLE_VALUE", "table/.ATTRIBUTES/table-keys",
                "table/.ATTRIBUTES/table-values"], reader.Tensors.Select(t => t.Name));
        }
        using (var session = Make(5, out var graph, out var objects, out var variables))
        {
            new Checkpoint(graph, objects).Restore(session, path).AssertConsumed();
            foreach (var variable in variables)
                Assert.Equal(2f, variable.Evaluate(session).Item<float>());

            // A saver takes object-based checkpoints too, by the names of variables.
            using var other = new Session(graph);
            new Saver(graph, [variables[0]]).Restore(other, path);
            Assert.Equal(2f, variables[0].Evaluate(other).Item<float>());
        }
        using (var session = Make(5, out var graph, out _, out var variables))
        {
            var status = new Checkpoint(graph, [new("other", variables[0])]).Restore(session, path);
            Assert.Throws<EngineException>(status.AssertConsumed);
            Assert.Throws<EngineException>(status.AssertNontrivialMatch);
        }
    }

    [Fact]
    public void AManagerKeepsTheNewest()
    {
        using var session = Make(1, out var graph, out var objects, out _);
        var manager = new CheckpointManager(new Checkpoint(graph, objects), data["run"], maxToKeep: 2);
        for (var i = 0; i < 3; i++)
            manager.Save(session);
        Assert.Equal([Path.Combine(data["run"], "ckpt-2"), Path.Combine(data["run"], "ckpt-3")], manager.Checkpoints);
        Assert.Equal(["checkpoint", "ckpt-2.data-00000-of-00001", "ckpt-2.index", "ckpt-3.data-00000-of-00001", "ckpt-3.index"],
            Directory.GetFiles(data["run"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        using var second = Make(1, out var newGraph, out var newObjects, out _);
        var restarted = new CheckpointManager(new Checkpoint(newGraph, newObjects), data["run"], maxToKeep: 2);
        Assert.Equal(Path.Combine(data["run"], "ckpt-3"), restarted.RestoreOrInitialize(second));
        Assert.Equal(Path.Combine(data["run"], "ckpt-4"), restarted.Save(second));
        Assert.False(CheckpointManagement.CheckpointExists(Path.Combine(data["run"], "ckpt-2")));
    }

    [Fact]
    public void ObjectsTrackedLaterAreRestoredThen()
    {
        string path;
        using (var saved = Make(2, out var savedGraph, out var savedObjects, out _))
            path = new Checkpoint(savedGraph, savedObjects).Save(saved, data["ckpt"]);
        using var session = Make(5, out var graph, out var objects, out var variables);
        var checkpoint = new Checkpoint(graph, []);
        var status = checkpoint.Restore(session, path);
        Assert.Throws<EngineException>(status.AssertConsumed);
        Assert.Throws<EngineException>(status.AssertNontrivialMatch);
        status.AssertExistingObjectsMatched().ExpectPartial();

        // The optimizer before its variable, the model before its layers.
        var optimizer = new Trackable();
        var model = new Trackable();
        checkpoint.Track("optimizer", optimizer);
        checkpoint.Track("model", model);
        optimizer.TrackSlot("m", variables[0], variables[2]);
        Assert.Equal(5f, variables[2].Evaluate(session).Item<float>());
        model.Track("layers", new[] { variables[0] });
        Assert.Equal([2f, 5, 2], variables.Select(v => v.Evaluate(session).Item<float>()));
        status.AssertExistingObjectsMatched().AssertNontrivialMatch();
        Assert.Throws<EngineException>(status.AssertConsumed);

        model.Track("d", new Dictionary<string, object> { ["k.x"] = variables[1] });
        checkpoint.Track("table", objects.Single(o => o.Key == "table").Value);
        Assert.Equal(2f, variables[1].Evaluate(session).Item<float>());
        status.AssertConsumed();

        var other = graph.NewVariable(1f, "other");
        session.Run(other.Initializer);
        checkpoint.Track("other", other);
        Assert.Contains("other", Assert.Throws<EngineException>(status.AssertExistingObjectsMatched).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALaterCheckpointTakesOver()
    {
        string first, second;
        using (var saved = Make(2, out var savedGraph, out var savedObjects, out var savedVariables))
        {
            var checkpoint = new Checkpoint(savedGraph, savedObjects);
            first = checkpoint.Save(saved, data["ckpt"]);
            savedVariables[1].Load(saved, Tensor.Scalar(3f));
            second = checkpoint.Save(saved, data["ckpt"]);
        }
        var session = Make(5, out var graph, out _, out var variables);
        var root = new Checkpoint(graph, []);
        root.Restore(session, first);
        root.Restore(session, second);
        root.Track("model", new Trackable([new("d", new Dictionary<string, object> { ["k.x"] = variables[1] })]));
        Assert.Equal(3f, variables[1].Evaluate(session).Item<float>());
        session.Dispose();
        root.Track("optimizer", new Trackable());
    }

    [Fact]
    public void VariablesOfASaverAreFoundByNameLaterToo()
    {
        string path;
        using (var saved = Make(2, out var savedGraph, out _, out _))
            path = new Saver(savedGraph).Save(saved, data["saver"])!;
        using var session = Make(5, out var graph, out _, out var variables);
        var root = new Checkpoint(graph, [new("a", variables[0])]);
        var status = root.Restore(session, path);
        var later = new Trackable();
        root.Track("later", later);
        later.Track("b", variables[1]);
        Assert.Equal([2f, 2, 5], variables.Select(v => v.Evaluate(session).Item<float>()));
        Assert.Equal(["a/momentum"], status.UnusedKeys);
    }

    private static Session Make(float value, out Graph graph, out KeyValuePair<string, object>[] objects, out GraphVariable[] variables)
    {
        graph = new Graph();
        variables = [graph.NewVariable(value, "a"), graph.NewVariable(Tensor.Scalar(value), "b", useResource: true), graph.NewVariable(value, "a/momentum")];
        var handle = graph.NewNode("MutableHashTableV2", "mt").Attr("key_dtype", DType.String).Attr("value_dtype", DType.Int64).Attr("use_node_name_sharing", true).Build()[0];
        var optimizer = new Trackable();
        optimizer.TrackSlot("m", variables[0], variables[2]);
        objects =
        [
            new("model", new Trackable([new("layers", new object[] { variables[0] }), new("d", new Dictionary<string, object> { ["k.x"] = variables[1] })])),
            new("table", new TableSaveable(handle)),
            new("optimizer", optimizer),
        ];
        var session = new Session(graph);
        session.Run(graph.GlobalVariablesInitializer());
        return session;
    }
}
