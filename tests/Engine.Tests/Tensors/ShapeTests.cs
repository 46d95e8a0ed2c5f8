namespace Engine.Tests.Tensors;

public class ShapeTests
{
    [Fact]
    public void CountsElements()
    {
        Assert.Equal(1, Shape.Scalar.Count);
        Assert.Equal(24, new Shape(2, 3, 4).Count);
        Assert.Equal(0, new Shape(2, 0, 4).Count);
        Assert.Equal(long.MaxValue, new Shape(long.MaxValue).Count);
        Assert.Equal(12, new Shape(2, 3, 4).CountOf(1, 3));
        Assert.Equal(1, new Shape(2, 3, 4).CountOf(3, 3));
    }

    [Fact]
    public void RefusesWhatIsNoShape()
    {
        Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<EngineException>(() => new Shape(-1)).Code);
        Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<EngineException>(() => new Shape(1L << 32, 1L << 31)).Code);
        Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<EngineException>(() => new Shape(long.MaxValue, long.MaxValue, 4)).Code);
        Assert.Equal(254, new Shape(new long[254]).Rank);
        Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<EngineException>(() => new Shape(new long[255])).Code);
        Assert.Throws<EngineException>(() => Shape.Vector(-2));
        Assert.Throws<EngineException>(() => Shape.FromInts([2, -1]));
        Assert.Throws<EngineException>(() => Shape.Vector(2).With(0, -1));
    }

    [Fact]
    public void Dimensions()
    {
        Shape shape = [2, 3, 4];
        Assert.Equal((2, 4, 4), (shape[0], shape[2], shape[-1]));
        Assert.Equal("[2,3,4]", shape.ToString());
        Assert.Equal("[]", Shape.Scalar.ToString());
        Assert.Equal([12, 4, 1], shape.Strides());
        Assert.Equal("[3,4]", shape.Slice(1).ToString());
        Assert.Equal("[3]", shape.Slice(1, 2).ToString());
        Assert.Equal("[2,3,4,5]", shape.Concat([5]).ToString());
        Assert.Same(shape, shape.Concat(Shape.Scalar));
        Assert.Same(shape, Shape.Scalar.Concat(shape));
        Assert.Equal("[2,3,9]", shape.With(-1, 9).ToString());
        Assert.Equal("[2,3,4]", shape.ToString());
        var sum = 0L;
        foreach (var d in shape)
            sum += d;
        Assert.Equal(9, sum);
    }

    [Fact]
    public void Equality()
    {
        Assert.True(new Shape(2, 3) == Shape.Matrix(2, 3));
        Assert.True(new Shape(2, 3) != new Shape(3, 2));
        Assert.False(new Shape(2).Equals(null));
        Assert.Equal(new Shape(2, 3).GetHashCode(), Shape.FromInts([2, 3]).GetHashCode());
        Assert.Equal(Shape.Scalar, new Shape());
    }
}
