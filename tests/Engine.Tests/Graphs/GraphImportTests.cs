using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Tests.Graphs;

public class GraphImportTests
{
    private static readonly NodeDef X = Def("x", "Placeholder", [], ("dtype", AttrValue.Of(DType.Float32)));

    [Fact]
    public void NodesComeInAnyOrder()
    {
        var graph = Import(Def("z", "AddV2", ["y", "x:0", "^c"], T()), Def("y", "Neg", ["x"], T()), X, Def("c", "NoOp", []));
        var z = graph.NodeByName("z");
        Assert.Equal(["y:0", "x:0"], z.Inputs.Select(i => i.Name));
        Assert.Equal(["c"], z.ControlInputs.Select(c => c.Name));
        Assert.Equal(["z", "y", "x", "c"], graph.Nodes.Select(n => n.Name));
        Assert.Equal("z", z.Source!.Name);
        Assert.Equal([DType.Float32], z.OutputTypes);
    }

    [Fact]
    public void DefaultsAreAddedAndUnknownAttributesKept()
    {
        var graph = Import(X, Def("y", "MatMul", ["x", "x"], T(), ("_mine", AttrValue.Of("v")), ("other", AttrValue.Of(1L))));
        var y = graph.NodeByName("y");
        Assert.False(y.Attr("transpose_a").AsBool());
        Assert.Equal("v", y.Attr("_mine").AsString());
        Assert.Equal(1, y.Attr("other").AsInt());
        Assert.False(y.Source!.Attrs.ContainsKey("transpose_a"));
    }

    [Fact]
    public void AnEmptyListHasNoKind()
        => Assert.Empty(Import(Def("y", "ParseExample", ["s", "s"], ("Nsparse", AttrValue.Of(0L)), ("Ndense", AttrValue.Of(0L)), ("sparse_types", AttrValue.None),
            ("Tdense", AttrValue.ListOf([])), ("dense_shapes", AttrValue.None)), Def("s", "Placeholder", [], ("dtype", AttrValue.Of(DType.String)))).NodeByName("y").OutputTypes);

    [Fact]
    public void UnknownOpsBecomeNodes()
    {
        var graph = Import(X, Def("y", "FromTheFuture", ["x"]), Def("z", "Neg", ["y:7"], T()));
        Assert.Null(graph.NodeByName("y").Definition);
        Assert.Equal("y:7", graph.NodeByName("z").Inputs[0].Name);
    }

    [Theory]
    [InlineData(21, "<unknown>")]
    [InlineData(23, "<unknown>")]
    [InlineData(24, "[]")]
    [InlineData(GraphVersions.Current, "[]")]
    public void OldPlaceholdersWithoutDimensionsHaveAnUnknownShape(int producer, string shape)
        => Assert.Equal(shape, Import(Versions(producer), Def("p", "Placeholder", [], ("dtype", AttrValue.Of(DType.Float32)), ("shape", AttrValue.Of(PartialShape.Scalar))))
            .NodeByName("p").Attr("shape").ToString());

    [Fact]
    public void RemovedOpsWereThereBefore()
    {
        var topK = Def("y", "TopK", ["x"], T(), ("k", AttrValue.Of(1L)));
        Assert.NotNull(Import(Versions(6), X, topK).Find("y"));
        var e = Assert.Throws<EngineException>(() => Import(Versions(7), X, topK));
        Assert.Equal(StatusCode.Unimplemented, e.Code);
        Assert.Equal(("y", "TopK"), (e.NodeName, e.Op));
    }

    public static TheoryData<string, string, NodeDef[]> Wrong => new()
    {
        { "cycle", "2 nodes in a cycle", [Def("y", "AddV2", ["z", "x"], T()), Def("z", "Neg", ["y"], T()), X] },
        { "self loop", "1 nodes in a cycle", [Def("y", "Neg", ["y"], T())] },
        { "control cycle", "2 nodes in a cycle", [X, Def("y", "Neg", ["x", "^z"], T()), Def("z", "Neg", ["y"], T())] },
        { "duplicate node", "Node 'y' is not unique", [X, Def("y", "Neg", ["x"], T()), Def("y", "Exp", ["x"], T())] },
        { "missing input node", "Unknown input node 'nowhere'", [X, Def("y", "AddV2", ["x", "nowhere"], T())] },
        { "missing control input", "Unknown input node '^nowhere'", [X, Def("y", "Neg", ["x", "^nowhere"], T())] },
        { "output index beyond", "Connecting to invalid output 1", [X, Def("y", "Neg", ["x:1"], T())] },
        { "negative output index", "Unknown input node 'x:-1'", [X, Def("y", "Neg", ["x:-1"], T())] },
        { "too few inputs", "do not match 1 inputs", [X, Def("y", "AddV2", ["x"], T())] },
        { "too many inputs", "do not match 2 inputs", [X, Def("y", "Neg", ["x", "x"], T())] },
        { "input of another type", "incompatible with expected int32", [X, Def("y", "Neg", ["x"], T(DType.Int32))] },
        { "control before data", "Control dependencies must come after regular", [X, Def("y", "AddV2", ["x", "^x", "x"], T())] },
        { "missing attribute", "NodeDef missing attr 'T'", [X, Def("y", "Neg", ["x"])] },
        { "attribute of another kind", "type 'int' when 'type' expected", [X, Def("y", "Neg", ["x"], ("T", AttrValue.Of(7L)))] },
        { "type not allowed", "not in the list of allowed values", [X, Def("y", "Sqrt", ["x"], T(DType.UInt32))] },
        { "below the minimum", "must be at least minimum 1", [X, Def("y", "AddN", [], ("N", AttrValue.Of(0L)), T())] },
        { "list too short", "must be at least minimum 1", [X, Def("y", "IdentityN", [], ("T", AttrValue.None))] },
        { "no such type", "invalid DataType enum: 99", [X, Def("y", "Neg", ["x"], T((DType)99))] },
        { "type 0", "invalid DataType", [X, Def("y", "Neg", ["x"], T(DType.Invalid))] },
        { "caret in a name", "Node name contains invalid characters", [X, Def("^a", "Neg", ["x"], T())] },
        { "no name", "Node name contains invalid characters", [Def("", "NoOp", [])] },
        { "empty input", "Unknown input node ''", [X, Def("y", "Neg", [""], T())] },
        { "control input alone", "do not match 0 inputs", [X, Def("y", "Neg", ["^x"], T())] },
        { "op without outputs", "which has 0 outputs", [Def("n", "NoOp", []), Def("y", "Neg", ["n"], T())] },
        { "value for a reference", "incompatible with expected float_ref", [X, Def("y", "Assign", ["x", "x"], T())] },
        { "colocated with nothing", "colocated with unknown node 'nowhere'", [X, Def("y", "Neg", ["x"], T(), ("_class", AttrValue.List("loc:@nowhere")))] },
        { "malformed device", "Malformed device", [X, Def("y", "Neg", ["x"], "gpu zero", T())] },
        { "negative count", "out of range", [Def("y", "Split", ["d", "x"], T(), ("num_split", AttrValue.Of(1L << 40))), X, Def("d", "Placeholder", [], ("dtype", AttrValue.Of(DType.Int32)))] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void WrongGraphsAreRefused(string what, string message, NodeDef[] nodes)
    {
        var e = Assert.Throws<EngineException>(() => Import(nodes));
        Assert.True(e.Code == StatusCode.InvalidArgument, $"{what}: {e}");
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    public static TheoryData<int, int, int[]> WrongVersions => new()
    {
        { GraphVersions.Current, 0, [GraphVersions.Current] },
        { GraphVersions.Current, GraphVersions.Current + 1, [] },
        { -1, 0, [] },
    };

    [Theory]
    [MemberData(nameof(WrongVersions))]
    public void GraphsForOtherConsumersAreRefused(int producer, int minConsumer, int[] bad)
        => Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<EngineException>(() => Import(new GraphVersions(producer, minConsumer, bad), X)).Code);

    [Theory]
    [InlineData("/device:CPU:0")]
    [InlineData("/CPU:0")]
    [InlineData("/job:localhost")]
    [InlineData("/device:CPU:*")]
    [InlineData("/job:localhost/replica:0/task:0/device:GPU:3")]
    [InlineData("/device:XLA_CPU:0")]
    public void DevicesAreKept(string device)
        => Assert.Equal(device, Import(X, Def("y", "Neg", ["x"], device, T())).NodeByName("y").Device);

    [Fact]
    public void LoopsCloseOverNextIteration()
    {
        var graph = Import(X, Def("e", "Enter", ["x"], T(), ("frame_name", AttrValue.Of("f"))), Def("m", "Merge", ["e", "n"], T(), ("N", AttrValue.Of(2L))),
            Def("n", "NextIteration", ["m"], T()));
        Assert.Equal("n:0", graph.NodeByName("m").Inputs[1].Name);
        Assert.False(graph.NodeByName("m")[0].Shape.HasRank);
    }

    [Fact]
    public void TwoFunctionsOfOneName()
    {
        FunctionDefinition Function(string type = "float") => new() { Signature = OpDefinitionParser.Parse($"F(a:{type}) -> (r:{type}) {{}}"), Nodes = [], Returns = new Dictionary<string, string> { ["r"] = "a" } };
        var e = Assert.Throws<EngineException>(() => Graph.FromDef(new GraphDef { Functions = [Function(), Function("int32")] }, TestOps.Registry));
        Assert.NotNull(Graph.FromDef(new GraphDef { Functions = [Function(), Function()] }, TestOps.Registry).Library.Find("F"));
        Assert.Equal(StatusCode.InvalidArgument, e.Code);
        var op = new FunctionDefinition { Signature = OpDefinitionParser.Parse("Neg(a:float) -> (r:float) {}"), Nodes = [], Returns = new Dictionary<string, string> { ["r"] = "a" } };
        e = Assert.Throws<EngineException>(() => Graph.FromDef(new GraphDef { Functions = [op] }, TestOps.Registry));
        Assert.Contains("an op with the same name", e.Message, StringComparison.Ordinal);
        var two = new GraphDef { Functions = [Function()], Gradients = new Dictionary<string, string> { ["F"] = "G" } };
        Assert.Equal("G", Graph.FromDef(two, TestOps.Registry).Library.FindGradient("F"));
    }

    // Whatever stands in a file, the answer is a graph or an error of ours.
    [Fact]
    public void RandomGraphsNeverCrash()
    {
        var random = new Random(1);
        string[] names = ["x", "y", "z", "w", "v", "u", "^x", "^y", "x:0", "y:1", "x:9", "", ":", "^", "a b"];
        string[] ops = ["Neg", "AddV2", "AddN", "IdentityN", "Split", "Const", "Placeholder", "Reshape", "MatMul", "Enter", "Merge", "NextIteration", "Switch", "NoOp", "Unknown", "Assign", "F"];
        AttrValue[] values =
        [
            AttrValue.None, AttrValue.Of(DType.Float32), AttrValue.Of(DType.Int32), AttrValue.Of((DType)77), AttrValue.Of(2L), AttrValue.Of(-1L), AttrValue.Of(long.MaxValue), AttrValue.Of("s"),
            AttrValue.List(DType.Float32, DType.Int32), AttrValue.List(1L, 2), AttrValue.ListOf([]), AttrValue.Of(Tensor.Scalar(1f)), AttrValue.Of(PartialShape.Unknown), AttrValue.PlaceholderFor("p"),
            AttrValue.Of(true), AttrValue.Of(new FunctionReference("F")),
        ];
        string[] attrs = ["T", "N", "dtype", "value", "shape", "num_split", "frame_name", "_class", "Tin"];
        var function = new FunctionDefinition { Signature = OpDefinitionParser.Parse("F(a:T) -> (r:T) {T:type}"), Nodes = [Def("n", "Neg", ["a"])], Returns = new Dictionary<string, string> { ["r"] = "n:y:0" } };
        var loaded = 0;
        for (var i = 0; i < 20_000; i++)
        {
            // Mostly node k reads earlier nodes, so that some of the graphs are right.
            var nodes = Enumerable.Range(0, random.Next(1, 5)).Select(k => Def(random.Next(20) == 0 ? Pick(names) : names[k], Pick(ops),
                [.. Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(10) == 0 ? Pick(names) : names[random.Next(k + 1)])],
                [.. Enumerable.Range(0, random.Next(3)).Select(_ => (Pick(attrs), Pick(values))).Append(T()).Append(("dtype", values[1])).DistinctBy(a => a.Item1)])).ToArray();
            try
            {
                var graph = Graph.FromDef(new GraphDef { Nodes = nodes, Functions = [function], Versions = Versions(random.Next(2) * GraphVersions.Current) }, TestOps.Registry);
                foreach (var node in graph.Nodes)
                    Assert.NotNull(node[0].Shape);
                loaded++;
            }
            catch (EngineException)
            {
            }
        }
        Assert.True(loaded > 100, $"{loaded}");

        T Pick<T>(T[] from) => from[random.Next(from.Length)];
    }

    private static Graph Import(params NodeDef[] nodes) => Import(Versions(GraphVersions.Current), nodes);

    private static Graph Import(GraphVersions versions, params NodeDef[] nodes)
        => Graph.FromDef(new GraphDef { Nodes = nodes, Versions = versions }, TestOps.Registry);

    private static GraphVersions Versions(int producer) => new(producer, 0, []);

    private static (string, AttrValue) T(DType type = DType.Float32) => ("T", AttrValue.Of(type));

    private static NodeDef Def(string name, string op, string[] inputs, params (string Name, AttrValue Value)[] attrs) => Def(name, op, inputs, "", attrs);

    private static NodeDef Def(string name, string op, string[] inputs, string device, params (string Name, AttrValue Value)[] attrs)
        => new() { Name = name, Op = op, Inputs = inputs, Device = device, Attrs = attrs.ToDictionary(a => a.Name, a => a.Value) };
}
