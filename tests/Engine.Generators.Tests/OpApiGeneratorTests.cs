namespace Engine.Generators.Tests;

public class OpApiGeneratorTests
{
    [Theory]
    [InlineData("Neg(x:T) -> (y:T) {T:type}",
        "public static Value Neg(this IGraphBuilder graph, Value x, string? name = null)", "NewNode(\"Neg\", name).Input(x).Build()[0]")]
    [InlineData("NoOp() -> () {}",
        "public static Node NoOp(this IGraphBuilder graph, string? name = null)", "NewNode(\"NoOp\", name).Build();")]
    [InlineData("Split(split_dim:int32; value:T) -> (output:num_split*T) {num_split:int >= 1; T:type}",
        "public static Value[] Split(this IGraphBuilder graph, Value split_dim, Value value, long num_split, string? name = null)", ".Attr(\"num_split\", num_split).Build().OutputList(\"output\")")]
    [InlineData("TopKV2(input:T; k:Tk) -> (values:T; indices:index_type) {sorted:bool = true; T:type; Tk:type = int32; index_type:type in [int16,int32] = int32}",
        "public static (Value values, Value indices) TopKV2(this IGraphBuilder graph, Value input, Value k, bool sorted = true, DType index_type = DType.Int32, string? name = null)",
        "return (_node[0], _node[1]);")]
    [InlineData("Mixed(in:N*T; list:list(U)) -> (ref:T; many:list(V); last:int32) {N:int; T:type; U:list(type); V:list(type); default:string = 'a\"; \\n'; shape:shape = unknown_rank; f:func; fs:list(func); x:float = inf; y:float = 1e-05; i:int = -1; t:tensor; q:type = quint8}",
        "public static (Value @ref, Value[] many, Value last) Mixed(this IGraphBuilder graph, IReadOnlyList<Value> @in, IReadOnlyList<Value> list, IReadOnlyList<DType> V, FunctionReference f, IReadOnlyList<FunctionReference> fs, Tensor t, "
        + "string @default = \"a\\\"; \\n\", PartialShape? shape = null, float x = float.PositiveInfinity, float y = 1e-05f, long i = -1, DType q = DType.QUInt8, string? name = null)",
        "return (_node[0], _node.OutputList(\"many\"), _node.Output(\"last\"));")]
    public void AMethodForEachOp(string definition, string signature, string body)
    {
        var run = Run(definition, definition[..definition.IndexOf('(')]);
        var source = Assert.Single(run.Sources).Value;
        Assert.Contains(signature, source, StringComparison.Ordinal);
        Assert.Contains(body, source, StringComparison.Ordinal);
        Assert.Empty(run.Diagnostics);
    }

    [Fact]
    public void OnlyPublicOps()
    {
        var run = Run("A() -> () {}\nB() -> () {}\nC() -> () {}", "A\nC\n");
        Assert.Equal(["GraphOps.A.g.cs", "GraphOps.C.g.cs"], run.Sources.Keys);
    }

    [Fact]
    public void NothingWithoutDefinitions() => Assert.Empty(GeneratorRun.Of(new OpApiGenerator(), "Any", "").Sources);

    [Theory]
    [InlineData("A(x) -> () {}", "A")]
    [InlineData("A() -> () {}", "B")]
    public void MistakesAreErrors(string definitions, string names)
        => Assert.Equal("ENGINE004", Assert.Single(Run(definitions, names).Diagnostics).Id);

    private static GeneratorRun Run(string definitions, string names)
        => GeneratorRun.Of(new OpApiGenerator(), "Engine.Test", "", ("registry/ops.txt", definitions), ("registry/api.txt", names));
}
