namespace Engine.Tests.Tensors;

public class PartialShapeTests
{
    [Fact]
    public void WhatIsKnown()
    {
        PartialShape shape = [-1, 3];
        Assert.True(shape.HasRank);
        Assert.False(shape.IsFullyKnown);
        Assert.Equal(-1, shape.Count);
        Assert.Equal("[?,3]", shape.ToString());
        Assert.Equal(3, shape[-1]);
        Assert.Equal(6, new PartialShape(2, 3).Count);
        Assert.Equal(1, PartialShape.Scalar.Count);
        Assert.False(PartialShape.Unknown.HasRank);
        Assert.Equal(-1, PartialShape.Unknown.Rank);
        Assert.Equal(-1, PartialShape.Unknown[7]);
        Assert.Equal("<unknown>", PartialShape.Unknown.ToString());
        Assert.NotEqual(PartialShape.Unknown, PartialShape.Scalar);
        Assert.Equal("[?,?,?]", PartialShape.OfRank(3).ToString());
    }

    [Fact]
    public void RefusesWhatIsNoShape()
    {
        Assert.Throws<EngineException>(() => new PartialShape(-2));
        Assert.Throws<EngineException>(() => new PartialShape(new long[255]));
        Assert.Throws<EngineException>(() => PartialShape.OfRank(255));
        Assert.Throws<EngineException>(() => new PartialShape(-1).ToShape());
        Assert.Throws<EngineException>(() => PartialShape.Unknown.ToShape());
    }

    [Theory]
    [InlineData("?,3", "2,?", "2,3")]
    [InlineData("2", "2", "2")]
    [InlineData("*", "?", "?")]
    [InlineData("4,?", "*", "4,?")]
    [InlineData("2", "3", null)]
    [InlineData("?", "?,?", null)]
    [InlineData("", "1", null)]
    public void Merging(string a, string b, string? merged)
    {
        var (x, y) = (Parse(a), Parse(b));
        Assert.Equal(merged is not null, x.IsCompatibleWith(y));
        Assert.Equal(merged is not null, y.IsCompatibleWith(x));
        if (merged is null)
            Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<EngineException>(() => x.Merge(y)).Code);
        else
            Assert.Equal(Parse(merged), x.Merge(y));
    }

    [Fact]
    public void Parts()
    {
        PartialShape shape = [2, -1, 4];
        Assert.Equal("[?,4]", shape.Slice(1).ToString());
        Assert.Equal("[2,?]", shape.Slice(0, 2).ToString());
        Assert.Equal("[2,?,4,?]", shape.Concat([-1]).ToString());
        Assert.Equal("[2,7,4]", shape.With(1, 7).ToString());
        Assert.Same(PartialShape.Unknown, PartialShape.Unknown.Slice(1));
        Assert.Same(PartialShape.Unknown, shape.Concat(PartialShape.Unknown));
        Assert.Same(PartialShape.Unknown, PartialShape.Unknown.With(0, 1));
        PartialShape known = new Shape(2, 3);
        Assert.Equal(new Shape(2, 3), known.ToShape());
    }

    private static PartialShape Parse(string text) => text switch
    {
        "*" => PartialShape.Unknown,
        "" => PartialShape.Scalar,
        _ => new(text.Split(',').Select(d => d == "?" ? -1 : long.Parse(d)).ToArray()),
    };
}
