using Engine.Graphs;
using Engine.Runtime;

namespace Engine.Ops.Tests.LinearAlgebra;

public sealed class MatMulTests
{
    [Fact]
    public void TransposesByFlags()
    {
        Tensor a = Tensor.From<float>([1, 2, 3, 4, 5, 6], Shape.Matrix(2, 3));
        Tensor b = Tensor.From<float>([1, 0, 2, -1], Shape.Matrix(2, 2));
        Tensor c = new OneOp("MatMul", [a, b], attrs: [("transpose_a", AttrValue.Of(true)), ("transpose_b", AttrValue.Of(true))]).Run();
        Assert.Equal(Shape.Matrix(3, 2), c.Shape);
        Assert.Equal([1, -2, 2, -1, 3, 0], c.ToArray<float>());
    }

    [Fact]
    public void ConstantWeightsGiveTheSameResult()
    {
        Tensor a = Tensor.From<float>([1, 2, 3, 4], Shape.Matrix(2, 2));
        Tensor b = Tensor.From<float>([1, 10, 100, 1000], Shape.Matrix(2, 2));
        var graph = new Graph();
        Value x = graph.NewNode("Placeholder").Attr("dtype", DType.Float32).Build()[0];
        Value w = graph.NewNode("Const").Attr("dtype", DType.Float32).Attr("value", AttrValue.Of(b)).Build()[0];
        Value y = graph.NewNode("MatMul").Input(x).Input(w).Attr("transpose_b", true).Build()[0];
        using var session = new Session(graph);
        Assert.Equal([21, 2100, 43, 4300], session.Run(y, (x, a)).ToArray<float>());
    }

    [Fact]
    public void OtherSizesAreRefused()
    {
        Tensor a = Tensor.From<float>([1, 2], Shape.Matrix(1, 2)), b = Tensor.From<float>([1, 2, 3], Shape.Matrix(3, 1));
        Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<EngineException>(() => new OneOp("MatMul", [a, b]).Run()).Code);
        Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<EngineException>(() => new OneOp("MatMul", [Tensor.Scalar(1f), b]).Run()).Code);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Gradients(bool transposeA, bool transposeB)
    {
        Tensor a = transposeA ? OneOp.Doubles(1, 3, 2) : OneOp.Doubles(1, 2, 3);
        Tensor b = transposeB ? OneOp.Doubles(2, 4, 3) : OneOp.Doubles(2, 3, 4);
        var op = new OneOp("MatMul", [a, b], attrs: [("transpose_a", AttrValue.Of(transposeA)), ("transpose_b", AttrValue.Of(transposeB))]);
        op.CheckGradient(0);
        op.CheckGradient(1);
    }
}
