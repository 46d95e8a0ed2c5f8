using Engine.Graphs;
using Engine.Runtime;
using Engine.Variables;

namespace Engine.Io.Tests.MetaGraphs;

public sealed class MetaGraphScopeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("scopes").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void ScopesOfSeveralImportsAreUnique()
    {
        var (meta, path) = Save();
        var graph = new Graph();
        var first = Saver.ImportMetaGraph(graph, meta, importScope: "q")!;
        var second = Saver.ImportMetaGraph(graph, meta, importScope: "q")!;
        Assert.Equal(("q/save/restore_all", "q_1/save/restore_all"), (first.Def!.RestoreOpName, second.Def!.RestoreOpName));
        Assert.Equal(["q/w", "q_1/w"], graph.GlobalVariables().Select(v => v.Name));
        using var session = new Session(graph);
        second.Restore(session, path);
        Assert.Equal([5f, 6], session.Run(graph.ValueByName("q_1/w/read")).ToArray<float>());
        Assert.Throws<EngineException>(() => session.Run(graph.ValueByName("q/w/read")));
    }

    [Fact]
    public void NamesOfASecondImportAreUnique()
    {
        var (meta, _) = Save();
        var graph = new Graph();
        var first = Saver.ImportMetaGraph(graph, meta)!;
        var nodes = graph.Nodes.Count;
        var second = Saver.ImportMetaGraph(graph, meta)!;
        Assert.Equal(2 * nodes, graph.Nodes.Count);
        Assert.Equal("w_1", graph.NodeByName("w/Assign_1").Inputs[0].Node.Name);
        Assert.Equal(first.Def, second.Def);
    }

    [Fact]
    public void InputsFromOutsideAreGivenOnImport()
    {
        var graph = new Graph();
        var outer = graph.Placeholder(DType.Float32, [2], "outer");
        var halves = graph.Split(graph.Constant(0), outer, 2, name: "split");
        using (graph.VariableScope("in"))
        {
            var u = graph.GetVariable("u", [2], initializer: Initializers.Ones);
            using (graph.ControlDependencies(outer.Node))
                graph.Add(graph.Add(outer, u.Snapshot), graph.ConcatV2([halves[1], halves[1]], graph.Constant(0)), name: "y");
        }
        var meta = Path.Combine(folder, "in.meta");
        new Saver(graph).ExportMetaGraph(meta, exportScope: "in", clearExtraneousSavers: true);

        var other = new Graph();
        var a = other.Constant(new[] { 1f, 2f });
        var b = other.Constant(new[] { 10f });
        var map = new Dictionary<string, Value> { ["$unbound_inputs_outer"] = a, ["$unbound_inputs_split:1"] = b, ["^$unbound_inputs_outer"] = a };
        var e = Assert.Throws<EngineException>(() => Saver.ImportMetaGraph(other, meta, importScope: "T"));
        Assert.Contains("Graph contains unbound inputs: ", e.Message, StringComparison.Ordinal);
        _ = Saver.ImportMetaGraph(other, meta, importScope: "T", inputMap: map);
        Assert.Equal(a.Node, other.NodeByName("T/y").ControlInputs.Single());
        using var session = new Session(other);
        session.Run(other.GlobalVariablesInitializer());
        Assert.Equal([12f, 13], session.Run(other.ValueByName("T/y")).ToArray<float>());
        Assert.Empty(other.Collections.Get("unbound_inputs"));
    }

    private (string Meta, string Path) Save()
    {
        var graph = new Graph();
        graph.GetVariable("w", [2], initializer: Initializers.Constant(Tensor.From(5f, 6f)));
        var saver = new Saver(graph);
        using var session = new Session(graph);
        session.Run(graph.GlobalVariablesInitializer());
        var path = saver.Save(session, Path.Combine(folder, "m"))!;
        return (path + ".meta", path);
    }
}
