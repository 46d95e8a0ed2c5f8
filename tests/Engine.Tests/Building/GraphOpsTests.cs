using System.Reflection;
using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Tests.Building;

public class GraphOpsTests
{
    private readonly Graph graph = new(TestOps.Registry);

    [Fact]
    public void EveryPublicOpHasAMethod()
    {
        var methods = Methods();
        Assert.Equal(1415, methods.Length);
        foreach (var method in methods)
        {
            var op = OpDefinitions.Find(method.Name);
            Assert.NotNull(op);
            var parameters = method.GetParameters();
            Assert.Equal(typeof(IGraphBuilder), parameters[0].ParameterType);
            Assert.Equal("name", parameters[^1].Name);
            var inferred = op.Inputs.SelectMany(i => new[] { i.TypeAttr, i.NumberAttr, i.TypeListAttr }).ToHashSet();
            var attrs = op.Attrs.Where(a => !inferred.Contains(a.Name)).ToArray();
            Assert.Equal([.. op.Inputs.Select(i => i.Name), .. attrs.Where(a => a.Default is null).Select(a => a.Name), .. attrs.Where(a => a.Default is not null).Select(a => a.Name)],
                parameters[1..^1].Select(p => p.Name!));
        }
    }

    // Optional parameters say the same as the op definitions.
    [Fact]
    public void DefaultsAreThoseOfTheDefinitions()
    {
        foreach (var method in Methods())
        {
            foreach (var p in method.GetParameters()[1..^1].Where(p => p.HasDefaultValue))
            {
                var expected = OpDefinitions.Find(method.Name)!.Attr(p.Name!)!.Default!;
                var given = p.DefaultValue switch
                {
                    null => expected,
                    long i => AttrValue.Of(i),
                    float f => AttrValue.Of(f),
                    bool b => AttrValue.Of(b),
                    string s => AttrValue.Of(s),
                    var type => AttrValue.Of((DType)type),
                };
                Assert.Equal(expected.ToString(), given.ToString());
            }
        }
    }

    [Fact]
    public void OneOutput()
    {
        var x = graph.Placeholder(DType.Float32, [2, 2], "x");
        Value y = graph.MatMul(x, x, transpose_b: true, name: "product");
        Assert.Equal("product:0", y.Name);
        Assert.True(y.Node.Attr("transpose_b").AsBool());
        Assert.False(y.Node.Attr("transpose_a").AsBool());
        Assert.Equal("[2,2]", x.Node.Attr("shape").ToString());
    }

    [Fact]
    public void SeveralOutputs()
    {
        var (values, indices) = graph.TopKV2(graph.Placeholder(DType.Float32), graph.Constant(3), sorted: false);
        Assert.Equal((0, 1), (values.Index, indices.Index));
        Assert.Equal(DType.Int32, indices.Type);
    }

    [Fact]
    public void ListsOfOutputs()
    {
        Value[] parts = graph.Split(graph.Constant(0), graph.Placeholder(DType.Float32), 3);
        Assert.Equal([0, 1, 2], parts.Select(p => p.Index));
        var s = graph.Placeholder(DType.String);
        var example = graph.ParseExample(s, s, [s, s], [s], [graph.Constant(1f)], [DType.Int64, DType.Float32], [PartialShape.Scalar]);
        Assert.Equal([0, 1], example.sparse_indices.Select(v => v.Index));
        Assert.Equal([DType.Int64, DType.Float32], example.sparse_values.Select(v => v.Type));
        Assert.Equal([6], example.dense_values.Select(v => v.Index));
    }

    [Fact]
    public void NoOutput() => Assert.Equal("NoOp", graph.NoOp().Op);

    [Fact]
    public void AttributesOfEveryKind()
    {
        var x = graph.Placeholder(DType.Float32);
        Assert.Equal("[1, 2, 2, 1]", graph.Conv2D(x, x, [1, 2, 2, 1], "SAME").Node.Attr("strides").ToString());
        Assert.Equal("[1, 1, 1, 1]", graph.Conv2D(x, x, [1, 2, 2, 1], "SAME").Node.Attr("dilations").ToString());
        Assert.Equal("[0.5, 1.5]", graph.Bucketize(x, [0.5f, 1.5f]).Node.Attr("boundaries").ToString());
        var call = graph.PartitionedCall([x, x], [DType.Int32], new FunctionReference("F"))[0].Node;
        Assert.Equal("F[]", call.Attr("f").ToString());
        Assert.Equal("[float, float]", call.Attr("Tin").ToString());
        Assert.Equal([DType.Int32], call.OutputTypes);
        var cases = graph.Case(graph.Constant(0), [x], [DType.Float32], [new FunctionReference("F"), new FunctionReference("G")])[0].Node;
        Assert.Equal("[F[], G[]]", cases.Attr("branches").ToString());
        Assert.Equal("[[1,?], <unknown>]", graph.FIFOQueueV2([DType.Int32, DType.Int32], [new(1, -1), PartialShape.Unknown]).Node.Attr("shapes").ToString());
        Assert.Equal("[\"a\"]", graph.TensorSummary(x, labels: ["a"]).Node.Attr("labels").ToString());
    }

    private static MethodInfo[] Methods() => [.. typeof(GraphOps).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)];
}
