using Engine.Graphs;
using Engine.Runtime;

namespace Engine.Ops.Tests.TensorLists;

public class TensorListTests
{
    [Fact]
    public void A_list_that_two_ops_change_is_copied()
    {
        var graph = new Graph();
        var tensor = Const(graph, Tensor.From<float>([1, 2]));
        var list = graph.NewNode("TensorListFromTensor").Input(tensor).Input(Const(graph, Tensor.From<int>([]))).Build()[0];
        var longer = graph.NewNode("TensorListPushBack").Input(list).Input(Const(graph, Tensor.Scalar(3f))).Build()[0];
        var changed = graph.NewNode("TensorListSetItem").Input(list).Input(Const(graph, Tensor.Scalar(0))).Input(Const(graph, Tensor.Scalar(9f))).Build()[0];
        var results = Stack(graph, longer, changed, list);
        Assert.Equal([1, 2, 3], results[0]);
        Assert.Equal([9, 2], results[1]);
        Assert.Equal([1, 2], results[2]);
    }

    [Fact]
    public void A_tensor_array_of_one_run_is_not_seen_by_the_next()
    {
        var graph = new Graph();
        var array = graph.NewNode("TensorArrayV3").Input(Const(graph, Tensor.Scalar(1))).Attr("dtype", DType.Float32).Build();
        var index = Const(graph, Tensor.Scalar(0));
        var flow = graph.NewNode("TensorArrayWriteV3").Input(array[0]).Input(index).Input(Const(graph, Tensor.Scalar(7f))).Input(array[1]).Build()[0];
        var item = graph.NewNode("TensorArrayReadV3").Input(array[0]).Input(index).Input(flow).Attr("dtype", DType.Float32).Build()[0];
        using var session = new Session(graph);
        for (var run = 0; run < 3; run++)
            Assert.Equal(7f, session.Run(item).Item<float>());
    }

    private static float[][] Stack(Graph graph, params Value[] lists)
    {
        var shape = Const(graph, Tensor.From<int>([]));
        var stacked = lists.Select(l => graph.NewNode("TensorListStack").Input(l).Input(shape).Attr("element_dtype", DType.Float32).Build()[0]).ToArray();
        using var session = new Session(graph);
        return [.. session.Run(stacked).Select(t => t.ToArray<float>())];
    }

    private static Value Const(Graph graph, Tensor value) => graph.NewNode("Const").Attr("dtype", value.Type).Attr("value", AttrValue.Of(value)).Build()[0];
}
