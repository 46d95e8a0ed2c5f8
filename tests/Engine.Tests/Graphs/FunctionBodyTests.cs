using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Tests.Graphs;

public class FunctionBodyTests
{
    private readonly Graph caller = new(TestOps.Registry);

    [Fact]
    public void ArgumentsBecomeNodes()
    {
        var body = Instantiate("F(a:float; b:int32) -> (r:float; s:int32) {}", [Def("n", "Neg", ["a"], ("T", AttrValue.Of(DType.Float32)))],
            [("r", "n:y:0"), ("s", "b")]);
        Assert.Equal(["a", "b"], body.Arguments.Select(a => a.Name));
        Assert.All(body.Arguments, a => Assert.Equal("_Arg", a.Op));
        Assert.Equal([0L, 1L], body.Arguments.Select(a => a.Attr("index").AsInt()));
        Assert.Equal(["n:0", "b:0"], body.Results.Select(r => r.Name));
        Assert.Equal("F/n", body.Graph.NodeByName("n").StateKey);
        Assert.Same(caller.Library, body.Graph.Library);
    }

    [Fact]
    public void AttributesArePutIn()
    {
        var body = Instantiate("F(a:T) -> (r:T) {T:type; k:int = 5; g:func}",
            [
                Def("n", "Neg", ["a"], ("T", AttrValue.PlaceholderFor("T")), ("_k", AttrValue.PlaceholderFor("k")),
                    ("_list", AttrValue.ListOf([AttrValue.PlaceholderFor("k"), AttrValue.PlaceholderFor("k")]))),
                Def("c", "PartitionedCall", ["n:y:0"], ("Tin", AttrValue.ListOf([AttrValue.PlaceholderFor("T")])), ("Tout", AttrValue.ListOf([AttrValue.PlaceholderFor("T")])),
                    ("f", AttrValue.PlaceholderFor("g")), ("_f", AttrValue.Of(new FunctionReference("H", new Dictionary<string, AttrValue> { ["T"] = AttrValue.PlaceholderFor("T") })))),
            ],
            [("r", "c:output:0")], ("T", AttrValue.Of(DType.Float64)), ("g", AttrValue.Of(new FunctionReference("G"))));
        var n = body.Graph.NodeByName("n");
        Assert.Equal(DType.Float64, body.Arguments[0].OutputTypes[0]);
        Assert.Equal(5, n.Attr("_k").AsInt());
        Assert.Equal("[5, 5]", n.Attr("_list").ToString());
        var c = body.Graph.NodeByName("c");
        Assert.Equal("G", c.Attr("f").AsFunction().Name);
        Assert.Equal("H[T=double]", c.Attr("_f").ToString());
        Assert.Equal([DType.Float64], c.OutputTypes);
    }

    [Fact]
    public void ListsOfArguments()
    {
        var body = Instantiate("F(a:N*T; b:list(U)) -> (r:N*T; s:float) {N:int; T:type; U:list(type)}",
            [Def("i", "IdentityN", ["a"], ("T", AttrValue.List(DType.Int32, DType.Int32))), Def("n", "Neg", ["b:1"], ("T", AttrValue.Of(DType.Float32)))],
            [("r", "i:output"), ("s", "n:y:0")],
            ("N", AttrValue.Of(2L)), ("T", AttrValue.Of(DType.Int32)), ("U", AttrValue.List(DType.String, DType.Float32)));
        Assert.Equal(["a_0", "a_1", "b_0", "b_1"], body.Arguments.Select(a => a.Name));
        Assert.Equal(["a_0:0", "a_1:0"], body.Graph.NodeByName("i").Inputs.Select(v => v.Name));
        Assert.Equal("b_1:0", body.Graph.NodeByName("n").Inputs[0].Name);
        Assert.Equal(["i:0", "i:1", "n:0"], body.Results.Select(r => r.Name));
    }

    [Fact]
    public void OutputsAreNamedByArgument()
    {
        var body = Instantiate("F(a:float; k:int32) -> (r:int32) {}",
            [Def("t", "TopKV2", ["a", "k"], ("T", AttrValue.Of(DType.Float32))), Def("n", "Neg", ["t:indices:0", "^t", "^a"], ("T", AttrValue.Of(DType.Int32)))],
            [("r", "n:y:0")], []);
        var n = body.Graph.NodeByName("n");
        Assert.Equal("t:1", n.Inputs[0].Name);
        Assert.Equal(["t", "a"], n.ControlInputs.Select(c => c.Name));
    }

    [Fact]
    public void ControlReturns()
    {
        var body = FunctionBody.Instantiate(caller, new FunctionDefinition
        {
            Signature = OpDefinitionParser.Parse("F() -> () {}"),
            Nodes = [Def("n", "NoOp", [])],
            Returns = new Dictionary<string, string>(),
            ControlReturns = new Dictionary<string, string> { ["done"] = "n" },
        }, new Dictionary<string, AttrValue>());
        Assert.Equal(["n"], body.ControlResults.Select(n => n.Name));
    }

    public static TheoryData<string, string, string[], string> Wrong => new()
    {
        { "missing node", "nowhere:y:0 is not found", ["nowhere:y:0"], "n:y:0" },
        { "missing control input", "input ^nowhere is not found", ["a", "^nowhere"], "n:y:0" },
        { "missing output", "input a:7 is not found", ["a:7"], "n:y:0" },
        { "missing return", "Return -> nowhere:y:0 is not found", ["a"], "nowhere:y:0" },
        { "missing output argument", "Return -> n:z:0 is not found", ["a"], "n:z:0" },
        { "output beyond", "Return -> n:y:1 is not found", ["a"], "n:y:1" },
        { "too many inputs", "do not match 2 inputs", ["a", "a"], "n:y:0" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void WhatIsNotThereIsRefused(string what, string message, string[] inputs, string source)
    {
        var e = Assert.Throws<EngineException>(() => Instantiate("F(a:float) -> (r:float) {}", [Def("n", "Neg", inputs, ("T", AttrValue.Of(DType.Float32)))], [("r", source)]));
        Assert.True(e.Code == StatusCode.InvalidArgument, what);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AttributesThatAreNotGivenAreRefused()
    {
        var e = Assert.Throws<EngineException>(() => Instantiate("F(a:T) -> (r:T) {T:type}", [], [("r", "a")]));
        Assert.Equal(StatusCode.InvalidArgument, e.Code);
        e = Assert.Throws<EngineException>(() => Instantiate("F(a:float) -> (r:float) {}", [Def("n", "Neg", ["a"], ("T", AttrValue.PlaceholderFor("T")))], [("r", "n:y:0")]));
        Assert.Contains("Failed to bind all placeholders", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<EngineException>(() => Instantiate("F(a:float) -> (r:float) {}", [], []));
        Assert.Contains("Return r missing", e.Message, StringComparison.Ordinal);
    }

    private FunctionBody Instantiate(string signature, NodeDef[] nodes, (string Result, string Source)[] returns, params (string Name, AttrValue Value)[] attrs)
        => FunctionBody.Instantiate(caller, new FunctionDefinition
        {
            Signature = OpDefinitionParser.Parse(signature),
            Nodes = nodes,
            Returns = returns.ToDictionary(r => r.Result, r => r.Source),
        }, attrs.ToDictionary(a => a.Name, a => a.Value));

    private static NodeDef Def(string name, string op, string[] inputs, params (string Name, AttrValue Value)[] attrs)
        => new() { Name = name, Op = op, Inputs = inputs, Attrs = attrs.ToDictionary(a => a.Name, a => a.Value) };
}
