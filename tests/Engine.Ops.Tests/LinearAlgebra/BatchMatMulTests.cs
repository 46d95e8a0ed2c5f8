using Engine.Graphs;
using Engine.Tensors;

namespace Engine.Ops.Tests.LinearAlgebra;

public sealed class BatchMatMulTests
{
    [Fact]
    public void OuterDimensionsBroadcast()
    {
        Tensor x = Tensor.From<int>([1, 2, 3, 4], new Shape(2, 1, 1, 2));
        Tensor y = Tensor.From<int>([1, 1, 10, 10, 100, 100], new Shape(3, 2, 1));
        Tensor c = new OneOp("BatchMatMulV2", [x, y]).Run();
        Assert.Equal(new Shape(2, 3, 1, 1), c.Shape);
        Assert.Equal([3, 30, 300, 7, 70, 700], c.ToArray<int>());
    }

    [Fact]
    public void AdjointsConjugate()
    {
        Tensor x = Tensor.From<Complex64>([new(0, 1)], Shape.Matrix(1, 1));
        Tensor c = new OneOp("BatchMatMulV2", [x, x], attrs: [("adj_x", AttrValue.Of(true))]).Run();
        Assert.Equal(new Complex64(1, 0), c.Item<Complex64>());
    }

    [Fact]
    public void BytesGiveIntegers()
    {
        Tensor x = Tensor.From<sbyte>([-128, 127], Shape.Matrix(1, 2)), y = Tensor.From<byte>([255, 255], Shape.Matrix(2, 1));
        Tensor c = new OneOp("BatchMatMulV3", [x, y], attrs: [("Tout", AttrValue.Of(DType.Int32))]).Run();
        Assert.Equal(-255, c.Item<int>());
    }

    [Fact]
    public void TheFirstVersionDoesNotBroadcast()
        => Assert.Throws<EngineException>(() => new OneOp("BatchMatMul", [OneOp.Doubles(1, 2, 1, 1), OneOp.Doubles(1, 1, 1, 1)]).Run());
}
