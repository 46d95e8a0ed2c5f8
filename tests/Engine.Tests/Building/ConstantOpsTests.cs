using Engine.Graphs;

namespace Engine.Tests.Building;

public class ConstantOpsTests
{
    private readonly Graph graph = new(TestOps.Registry);

    [Fact]
    public void Scalars()
    {
        Assert.Equal(1.5f, Content(graph.Constant(1.5f)).Item<float>());
        Assert.Equal(2, Content(graph.Constant(2)).Item<int>());
        Assert.True(Content(graph.Constant(true)).Item<bool>());
        Assert.Equal(["text"], Content(graph.Constant("text")).ToStrings());
        Assert.Equal(DType.Int64, graph.Constant(3L).Type);
        Assert.Equal("three:0", graph.Constant(3.0, "three").Name);
        Assert.Equal((Half)0.5, Content(graph.Scalar(0.5, DType.Float16)).Item<Half>());
    }

    [Fact]
    public void Arrays()
    {
        Assert.Equal("[3]", graph.Constant([1, 2, 3]).Shape.ToString());
        Assert.Equal("[2,2]", graph.Constant([1f, 2, 3, 4], Shape.Matrix(2, 2)).Shape.ToString());
        Assert.Equal("[1,2]", graph.Constant(["a", "b"], Shape.Matrix(1, 2)).Shape.ToString());
        var matrix = graph.Constant(new[,] { { 1.0, 2 }, { 3, 4 }, { 5, 6 } });
        Assert.Equal("[3,2]", matrix.Shape.ToString());
        Assert.Equal([1.0, 2, 3, 4, 5, 6], Content(matrix).ToArray<double>());
        Assert.Throws<EngineException>(() => graph.Constant([1f, 2], Shape.Vector(3)));
        Assert.Throws<EngineException>(() => graph.Constant(new[] { new Version() }));
    }

    [Fact]
    public void TensorsAreSharedAndArraysCopied()
    {
        var tensor = Tensor.Scalar(1f);
        Assert.Same(tensor, Content(graph.Constant(tensor)));
        var array = new[] { 1f };
        var constant = graph.Constant(array);
        array[0] = 2;
        Assert.Equal(1, Content(constant).ToArray<float>()[0]);
    }

    private static Tensor Content(Value constant) => constant.Node.Attr("value").AsTensor();
}
