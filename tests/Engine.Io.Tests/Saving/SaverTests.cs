using Engine.Graphs;
using Engine.Runtime;
using Engine.Variables;

namespace Engine.Io.Tests.Saving;

public sealed class SaverTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("saver").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(false, false, CheckpointFormat.V2)]
    [InlineData(true, false, CheckpointFormat.V2)]
    [InlineData(false, true, CheckpointFormat.V2)]
    [InlineData(true, true, CheckpointFormat.V2)]
    public void VariablesComeBack(bool resource, bool sharded, CheckpointFormat version)
    {
        var graph = Variables(resource, out var v1, out var v2, out var step);
        var saver = new Saver(graph, new SaverOptions { Sharded = sharded, WriteVersion = version });
        string path;
        using (var session = new Session(graph))
        {
            session.Run(graph.GlobalVariablesInitializer());
            session.Run(v1.Assign(v1 + 4).Node);
            session.Run(step.AssignAdd(7).Node);
            path = saver.Save(session, Path.Combine(folder, "model.ckpt"), step)!;
        }
        Assert.Equal(Path.Combine(folder, "model.ckpt-7"), path);
        using (var session = new Session(graph))
        {
            saver.Restore(session, path);
            Assert.Equal([4f, 4, 4], v1.Evaluate(session).ToArray<float>());
            Assert.Equal([1f, 1, 1, 1, 1], v2.Evaluate(session).ToArray<float>());
        }
        Assert.Equal(path, CheckpointManagement.LatestCheckpoint(folder));

        // From the meta graph alone, without the code that made it.
        var loaded = new Graph();
        var again = Saver.ImportMetaGraph(loaded, path + ".meta")!;
        using var other = new Session(loaded);
        again.Restore(other, path);
        Assert.Equal([4f, 4, 4], loaded.GlobalVariables().Single(v => v.Name == "v1").Evaluate(other).ToArray<float>());
        Assert.Equal(2, loaded.TrainableVariables().Count);
        Assert.Same(loaded.GlobalVariables()[0], loaded.GlobalVariables().First(v => v.Name == loaded.GlobalVariables()[0].Name));
    }

    [Fact]
    public void OldCheckpointsAreDeleted()
    {
        var graph = Variables(false, out _, out _, out _);
        var saver = new Saver(graph, new SaverOptions { MaxToKeep = 2 });
        using var session = new Session(graph);
        session.Run(graph.GlobalVariablesInitializer());
        for (var i = 0; i < 4; i++)
            saver.Save(session, Path.Combine(folder, "m"), i);
        Assert.Equal([Path.Combine(folder, "m-2"), Path.Combine(folder, "m-3")], saver.LastCheckpoints);
        Assert.Equal(["checkpoint", "m-2.data-00000-of-00001", "m-2.index", "m-2.meta", "m-3.data-00000-of-00001", "m-3.index", "m-3.meta"],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var path = Path.Combine(folder, "m");
        Assert.Equal($"model_checkpoint_path: \"{path}-3\"\nall_model_checkpoint_paths: \"{path}-2\"\nall_model_checkpoint_paths: \"{path}-3\"\n",
            File.ReadAllText(Path.Combine(folder, "checkpoint")));
    }

    [Fact]
    public void PartsOfAVariableAreOneTensor()
    {
        var graph = new Graph();
        var p = graph.GetPartitionedVariable("p", [7, 2], Partitioners.FixedSize(3), initializer: Initializers.Constant(Tensor.From<float>([.. Enumerable.Range(0, 14).Select(i => (float)i)], [7, 2])));
        var saver = new Saver(graph);
        using var session = new Session(graph);
        session.Run(graph.GlobalVariablesInitializer());
        var path = saver.Save(session, Path.Combine(folder, "parts"))!;
        using var reader = CheckpointReader.Open(path);
        Assert.Equal(new Shape(7, 2), Assert.Single(reader.Tensors).Shape);
        Assert.Equal(Enumerable.Range(0, 14).Select(i => (float)i), reader.Read("p").ToArray<float>());
        Assert.Equal(Enumerable.Range(0, 14).Select(i => (float)i), session.Run(p.Value).ToArray<float>());

        var other = new Graph();
        var whole = other.GetVariable("p", [7, 2]);
        using var second = new Session(other);
        new Saver(other).Restore(second, path);
        Assert.Equal(Enumerable.Range(0, 14).Select(i => (float)i), whole.Evaluate(second).ToArray<float>());
    }

    [Fact]
    public void SomeAreKeptForGood()
    {
        var clock = new Clock();
        var graph = Variables(false, out _, out _, out _);
        var saver = new Saver(graph, new SaverOptions { MaxToKeep = 2, KeepCheckpointEveryNHours = 1, TimeProvider = clock });
        using var session = new Session(graph);
        session.Run(graph.GlobalVariablesInitializer());
        for (var i = 0; i < 12; i++)
        {
            clock.Now += TimeSpan.FromMinutes(25);
            saver.Save(session, Path.Combine(folder, "m"), i, writeMetaGraph: false);
        }
        // Written after 25, 50, 75 … minutes: the first that is older than each full hour when its turn to go comes, and the last two.
        Assert.Equal([2, 4, 7, 9, 10, 11], Enumerable.Range(0, 12).Where(i => CheckpointManagement.CheckpointExists(Path.Combine(folder, $"m-{i}"))));
    }

    [Theory]
    [InlineData("m-3.index", true)]
    [InlineData("m.data-00000-of-00001", true)]
    [InlineData("m-40.data-00000-of-00001", true)]
    [InlineData("m-40.meta", true)]
    [InlineData("m-40", true)]
    [InlineData("m-40-00001-of-00002", true)]
    [InlineData("checkpoint", true)]
    [InlineData("model-3.index", false)]
    [InlineData("m-x.index", false)]
    [InlineData("m-3.index.txt", false)]
    public void WhatKilledSavesLeftIsRemoved(string name, bool removed)
    {
        var left = Path.Combine(folder, name + ".tempstate123456");
        var written = Path.Combine(folder, name + ".tempstate42");
        File.WriteAllText(left, "");
        using var other = File.OpenHandle(written, FileMode.Create, FileAccess.Write, FileShare.None);
        var graph = Variables(false, out _, out _, out _);
        using var session = new Session(graph);
        session.Run(graph.GlobalVariablesInitializer());
        new Saver(graph).Save(session, Path.Combine(folder, "m"), 7);
        Assert.Equal(removed, !File.Exists(left));
        Assert.True(File.Exists(written));
    }

    private sealed class Clock : TimeProvider
    {
        internal DateTimeOffset Now { get; set; } = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private static Graph Variables(bool resource, out GraphVariable v1, out GraphVariable v2, out GraphVariable step)
    {
        var graph = new Graph();
        v1 = graph.GetVariable("v1", [3], initializer: Initializers.Zeros, useResource: resource);
        v2 = graph.GetVariable("v2", [5], initializer: Initializers.Ones, useResource: resource);
        step = graph.GetOrCreateGlobalStep();
        return graph;
    }
}
