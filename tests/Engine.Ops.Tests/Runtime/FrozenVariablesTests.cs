using Engine.Graphs;
using Engine.Runtime;

namespace Engine.Ops.Tests.Runtime;

public class FrozenVariablesTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_plan_sees_what_was_assigned_after_it_was_made(bool reference)
    {
        var (graph, read, assign, x) = OneVariable(reference);
        var doubled = (read + read).Node;
        using var session = new Session(graph);
        for (var value = 1; value <= 6; value++)
        {
            session.Run(assign, (x, Tensor.Scalar((float)value)));
            Assert.Equal(2f * value, session.Run(doubled[0]).Item<float>());
            Assert.Equal(2f * value, session.Run(doubled[0]).Item<float>());
        }
    }

    [Fact]
    public void A_plan_that_writes_a_variable_reads_it_each_time()
    {
        var (graph, _, assign, x) = OneVariable(reference: false);
        var handle = graph.Nodes.First(n => n.Op == "VarHandleOp")[0];
        var add = graph.NewNode("AssignAddVariableOp").Input(handle).Input(x).Build();
        var after = graph.NewNode("ReadVariableOp").Input(handle).Attr("dtype", DType.Float32).After(add).Build()[0];
        using var session = new Session(graph);
        session.Run(assign, (x, Tensor.Scalar(1f)));
        for (var i = 1; i <= 5; i++)
            Assert.Equal(1f + i, session.Run(after, (x, Tensor.Scalar(1f))).Item<float>());
    }

    [Fact]
    public void A_plan_outlives_a_variable_that_had_no_value_yet()
    {
        var (graph, read, assign, x) = OneVariable(reference: false);
        using var session = new Session(graph);
        Assert.Equal(StatusCode.FailedPrecondition, Assert.Throws<EngineException>(() => session.Run(read)).Code);
        session.Run(assign, (x, Tensor.Scalar(3f)));
        Assert.Equal(3f, session.Run(read).Item<float>());
    }

    [Fact]
    public void Runs_and_assignments_at_once_see_one_value_or_the_other()
    {
        var (graph, read, assign, x) = OneVariable(reference: false);
        var difference = read - read;
        using var session = new Session(graph);
        session.Run(assign, (x, Tensor.Scalar(1f)));
        Parallel.For(0, 200, i =>
        {
            if (i % 10 == 0)
                session.Run(assign, (x, Tensor.Scalar((float)i)));
            else
                Assert.Equal(0f, session.Run(difference).Item<float>());
        });
    }

    [Fact]
    public void A_value_must_have_the_shape_that_the_fed_tensor_declares()
    {
        var graph = new Graph();
        var x = graph.NewNode("Placeholder", "x").Attr("dtype", DType.Float32).Attr("shape", new PartialShape(-1, 3)).Build()[0];
        var y = graph.NewNode("Neg").Input(x).Build()[0];
        using var session = new Session(graph);
        Assert.Equal([2, 3], session.Run(y, (x, Tensor.Zeros(DType.Float32, new Shape(2, 3)))).Shape.Dims.ToArray());
        Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<EngineException>(() => session.Run(y, (x, Tensor.Zeros(DType.Float32, new Shape(3, 2))))).Code);
    }

    private static (Graph Graph, Value Read, Node Assign, Value X) OneVariable(bool reference)
    {
        var graph = new Graph();
        var x = graph.NewNode("Placeholder", "x").Attr("dtype", DType.Float32).Build()[0];
        var shape = AttrValue.Of(PartialShape.Scalar);
        if (reference)
        {
            var variable = graph.NewNode("VariableV2").Attr("dtype", DType.Float32).Attr("shape", shape).Build()[0];
            return (graph, graph.NewNode("Identity").Input(variable).Build()[0], graph.NewNode("Assign").Input(variable).Input(x).Build(), x);
        }
        var handle = graph.NewNode("VarHandleOp").Attr("dtype", DType.Float32).Attr("shape", shape).Attr("shared_name", "v").Build()[0];
        var read = graph.NewNode("ReadVariableOp").Input(handle).Attr("dtype", DType.Float32).Build()[0];
        return (graph, read, graph.NewNode("AssignVariableOp").Input(handle).Input(x).Build(), x);
    }
}
