using Engine.Graphs;
using Engine.Runtime;

namespace Engine.Ops.Tests.State;

public class VariableTests
{
    [Fact]
    public void A_variable_does_not_change_with_the_tensor_it_was_assigned_from()
    {
        var graph = new Graph();
        var handle = graph.NewNode("VarHandleOp").Attr("dtype", DType.Float32).Attr("shape", AttrValue.Of(PartialShape.Vector(2))).Attr("shared_name", "v").Build()[0];
        var x = graph.NewNode("Placeholder", "x").Attr("dtype", DType.Float32).Build()[0];
        var assign = graph.NewNode("AssignVariableOp").Input(handle).Input(x).Build();
        var read = graph.NewNode("ReadVariableOp").Input(handle).Attr("dtype", DType.Float32).Build()[0];
        using var session = new Session(graph);
        using var value = Tensor.From<float>([1, 2]);
        session.Run(assign, (x, value));
        value.AsSpan<float>().Fill(9);
        Assert.Equal([1, 2], session.Run(read).ToArray<float>());
    }

    [Fact]
    public void Equal_updates_of_a_reference_variable_all_happen()
    {
        var graph = new Graph();
        var one = graph.NewNode("Const").Attr("dtype", DType.Float32).Attr("value", AttrValue.Of(Tensor.Scalar(1f))).Build()[0];
        var variable = graph.NewNode("VariableV2").Attr("dtype", DType.Float32).Attr("shape", AttrValue.Of(PartialShape.Scalar)).Build()[0];
        var init = graph.NewNode("Assign").Input(variable).Input(one).Build();
        var first = graph.NewNode("AssignAdd", "first").Input(variable).Input(one).Build();
        var second = graph.NewNode("AssignAdd", "second").Input(variable).Input(one).Build();
        using var session = new Session(graph);
        session.Run(init);
        session.Run([], [], [first.Name, second.Name]);
        Assert.Equal(3f, session.Run(variable).Item<float>());
    }
}
