using Engine.Graphs;

namespace Engine.Tests.Graphs;

public sealed class GraphImportIntoTests
{
    private static readonly GraphDef Def = new()
    {
        Nodes =
        [
            Node("x", "Placeholder", [], ("dtype", AttrValue.Of(DType.Float32))),
            Node("a/y", "Neg", ["x"], ("T", AttrValue.Of(DType.Float32)), ("_class", AttrValue.List("loc:@x"))),
            Node("z", "AddV2", ["a/y", "x:0", "^x"], ("T", AttrValue.Of(DType.Float32))),
        ],
        Versions = new(GraphVersions.Current, 0, []),
    };

    [Fact]
    public void TakenNamesGetNumbers()
    {
        var graph = Graph.FromDef(Def);
        var second = graph.Import(Def);
        Assert.Equal(["x", "a/y", "z", "x_1", "a/y_1", "z_1"], graph.Nodes.Select(n => n.Name));
        Assert.Equal("loc:@x_1", second["a/y"].Attr("_class").AsList()[0].AsString());
        Assert.Equal([graph.NodeByName("a/y_1"), graph.NodeByName("x_1")], second["z"].Inputs.Select(i => i.Node));
        Assert.Equal("x_1", second["z"].ControlInputs.Single().Name);
        Assert.Equal("z_2", graph.Import(Def)["z"].Name);
    }

    [Fact]
    public void AScopeIsANameThatIsTaken()
    {
        // A node "a" would have the name of the scope of a/y.
        var graph = Graph.FromDef(Def);
        Assert.Equal("a_1", graph.Import(new GraphDef { Nodes = [Node("a", "NoOp", [])], Versions = Def.Versions })["a"].Name);
    }

    [Fact]
    public void ScopesAreUnique()
    {
        var graph = Graph.FromDef(Def);
        Assert.Equal("p/z", graph.Import(Def, "p")["z"].Name);
        var second = graph.Import(Def, "p")["a/y"];
        Assert.Equal("p_1/a/y", second.Name);
        Assert.Equal("loc:@p_1/x", second.Attr("_class").AsList()[0].AsString());
        Assert.Equal("p_1/z_1", graph.Import(Def, "p_1/")["z"].Name);
        using (graph.NameScope("s"))
            Assert.Equal("s/p/z", graph.Import(Def, "p")["z"].Name);
    }

    [Fact]
    public void InputsCanBeReplaced()
    {
        var graph = new Graph();
        var k = graph.AddNode("Placeholder", [], new Dictionary<string, AttrValue> { ["dtype"] = AttrValue.Of(DType.Float32) }, "k")[0];
        var nodes = graph.Import(Def, "m", new Dictionary<string, Value> { ["a/y:0"] = k, ["^x"] = k });
        Assert.Equal([k, nodes["x"][0]], nodes["z"].Inputs);
        Assert.Equal(k.Node, nodes["z"].ControlInputs.Single());
        Assert.Equal(nodes["x"], nodes["a/y"].Inputs.Single().Node);
    }

    [Theory]
    [InlineData("nope")]
    [InlineData("x:5")]
    [InlineData("^nope")]
    public void ReplacedInputsMustBeThere(string name)
    {
        var graph = new Graph();
        var k = graph.AddNode("Placeholder", [], new Dictionary<string, AttrValue> { ["dtype"] = AttrValue.Of(DType.Float32) })[0];
        var e = Assert.Throws<EngineException>(() => graph.Import(Def, "m", new Dictionary<string, Value> { [name] = k }));
        Assert.Equal(StatusCode.InvalidArgument, e.Code);
        Assert.Contains($"Attempted to map inputs that were not found in graph_def: [{(name == "nope" ? "nope:0" : name)}]", e.Message, StringComparison.Ordinal);
    }

    private static NodeDef Node(string name, string op, string[] inputs, params (string Name, AttrValue Value)[] attrs)
        => new() { Name = name, Op = op, Inputs = inputs, Attrs = attrs.ToDictionary(a => a.Name, a => a.Value) };
}
