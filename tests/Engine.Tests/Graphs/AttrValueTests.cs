using Engine.Graphs;

namespace Engine.Tests.Graphs;

public class AttrValueTests
{
    [Fact]
    public void HoldsWhatWasPutIn()
    {
        Assert.Equal("é", AttrValue.Of("é").AsString());
        Assert.Equal([0xC3, 0xA9], AttrValue.Of("é").AsBytes());
        Assert.Equal([0xFF, 0], AttrValue.Of(new byte[] { 0xFF, 0 }).AsBytes());
        Assert.Equal(long.MinValue, AttrValue.Of(long.MinValue).AsInt());
        Assert.Equal(0.1f, AttrValue.Of(0.1f).AsFloat());
        Assert.True(AttrValue.Of(true).AsBool());
        Assert.Equal(DType.QUInt8, AttrValue.Of(DType.QUInt8).AsType());
        Assert.Equal([-1, 2], AttrValue.Of(new PartialShape(-1, 2)).AsShape().Dims);
        Assert.Equal("F", AttrValue.Of(new FunctionReference("F")).AsFunction().Name);
        Assert.Equal("p", AttrValue.PlaceholderFor("p").AsPlaceholder());
        var tensor = Tensor.Scalar(1);
        Assert.Same(tensor, AttrValue.Of(tensor).AsTensor());
    }

    [Fact]
    public void Lists()
    {
        Assert.Equal([1, 2], AttrValue.List(1, 2).AsInts());
        Assert.Equal([DType.Int8], AttrValue.List(DType.Int8).AsTypes());
        Assert.Equal(AttrKind.Float, AttrValue.List(1f).ElementKind);
        Assert.Equal(AttrKind.Shape, AttrValue.List(PartialShape.Unknown).ElementKind);
        Assert.Equal("a", AttrValue.List("a").AsList()[0].AsString());
        Assert.Equal(AttrKind.None, AttrValue.ListOf([]).ElementKind);
        Assert.Empty(AttrValue.ListOf([]).AsInts());
    }

    [Fact]
    public void AnotherKindIsRefused()
    {
        var e = Assert.Throws<EngineException>(() => AttrValue.Of(1L).AsType());
        Assert.Equal(StatusCode.InvalidArgument, e.Code);
        Assert.Contains("'int' when 'type' expected", e.Message, StringComparison.Ordinal);
        Assert.Throws<EngineException>(() => AttrValue.None.AsList());
        Assert.Throws<EngineException>(() => AttrValue.List("a").AsInts());
    }

    [Fact]
    public void TextTellsValuesApart()
    {
        AttrValue[] values =
        [
            AttrValue.None, AttrValue.Of(1L), AttrValue.Of("1"), AttrValue.Of("\"1\""), AttrValue.Of("\\\"1\\\""), AttrValue.Of(new byte[] { 0xC3 }), AttrValue.Of("Ã"),
            AttrValue.List("a", "b"), AttrValue.List("a\", \"b"), AttrValue.List("a\\", "b"), AttrValue.Of(0f), AttrValue.Of(-0f), AttrValue.Of(float.NaN), AttrValue.Of(1e-45f),
            AttrValue.Of(DType.Float32), AttrValue.Of(DType.Float32.Ref()), AttrValue.Of(PartialShape.Unknown), AttrValue.Of(PartialShape.Scalar), AttrValue.List(1), AttrValue.List(1, 1),
            AttrValue.Of(new FunctionReference("F")), AttrValue.Of(new FunctionReference("F", new Dictionary<string, AttrValue> { ["a"] = AttrValue.Of(1L) })),
        ];
        var texts = values.Select(v => v.ToString()).ToArray();
        Assert.Equal(texts.Length, texts.Distinct().Count());
    }

    [Fact]
    public void TensorsAreToldApartByIdentity()
    {
        // As many tensors as make some object hashes collide.
        var texts = new HashSet<string>();
        var tensors = new List<Tensor>();
        for (var i = 0; i < 50_000; i++)
        {
            tensors.Add(Tensor.From<byte[]>([[]]));
            Assert.True(texts.Add(AttrValue.Of(tensors[^1]).ToString()));
        }
        Assert.Contains(AttrValue.Of(tensors[7]).ToString(), texts);
    }
}
