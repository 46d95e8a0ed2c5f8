using Engine.Graphs;
using Engine.Runtime;

namespace Engine.Ops.Tests.ControlFlow;

public class WhileTests
{
    [Fact]
    public void An_iteration_allocates_nothing()
    {
        using var session = new Session(CountingLoop(out _), new SessionOptions { Threads = 1 });
        var few = Allocated(session, 10);
        var many = Allocated(session, 2000);
        // Some bytes per call, none per iteration.
        Assert.InRange(many - few, -2000, 2000);
    }

    [Fact]
    public void The_fed_variables_stay_as_they_were()
    {
        using var session = new Session(CountingLoop(out _));
        using var limit = Tensor.Scalar(5);
        using var x = Tensor.From<float>([1, 2, 3]);
        var results = session.Run([KeyValuePair.Create("limit", limit), KeyValuePair.Create("x", x)], ["loop:2"]);
        Assert.Equal([32, 64, 96], results[0].ToArray<float>());
        Assert.Equal([1, 2, 3], x.ToArray<float>());
    }

    [Fact]
    public void A_loop_without_end_can_be_cancelled()
    {
        using var session = new Session(CountingLoop(out _));
        using var limit = Tensor.Scalar(int.MaxValue);
        using var x = Tensor.From<float>([1]);
        using var stop = new CancellationTokenSource(50);
        var error = Assert.Throws<EngineException>(() => session.Run([KeyValuePair.Create("limit", limit), KeyValuePair.Create("x", x)], ["loop:2"], null, stop.Token));
        Assert.Equal(StatusCode.Cancelled, error.Code);
    }

    [Fact]
    public void Loops_side_by_side_give_the_same_in_every_run()
    {
        var graph = CountingLoop(out var x);
        var loop = graph.NodeByName("loop");
        // The second loop has an input with the first in common, and one of its own.
        var other = graph.NewNode("StatelessWhile", "other").Input([loop.Inputs[0], loop.Inputs[1], x * x])
            .Attr("cond", loop.Attr("cond")).Attr("body", loop.Attr("body")).Build();
        var sum = loop[2] + other[2];
        foreach (var options in (SessionOptions[])[new() { Threads = 3 }, new() { Threads = 3, DisabledPasses = [PlanPasses.Branches] }])
        {
            using var session = new Session(graph, options);
            Parallel.For(0, 3, t =>
            {
                using var fed = Tensor.From<float>([t, 1.1f]);
                using var limit = Tensor.Scalar(t + 5);
                var factor = 1 << (t + 5);
                for (var run = 0; run < 200; run++)
                {
                    using var result = session.Run([KeyValuePair.Create("limit", limit), KeyValuePair.Create("x", fed)], [sum.Name])[0];
                    Assert.Equal([(t * factor) + (t * t * factor), (1.1f * factor) + (1.1f * 1.1f * factor)], result.ToArray<float>());
                }
            });
        }
    }

    [Fact]
    public void The_gradient_goes_back_through_all_iterations()
    {
        var graph = CountingLoop(out var x);
        var loop = graph.NodeByName("loop");
        var gradient = Gradients.Add([loop[2]], [x])[0]!;
        using var session = new Session(graph);
        using var limit = Tensor.Scalar(10);
        using var value = Tensor.From<float>([1, 2]);
        var results = session.Run([KeyValuePair.Create("limit", limit), KeyValuePair.Create("x", value)], [gradient.Values.Name]);
        Assert.Equal([1024, 1024], results[0].ToArray<float>());
    }

    private static long Allocated(Session session, int iterations)
    {
        using var limit = Tensor.Scalar(iterations);
        using var x = Tensor.From<float>([0, 0]);
        KeyValuePair<string, Tensor>[] feeds = [KeyValuePair.Create("limit", limit), KeyValuePair.Create("x", x)];
        var bytes = 0L;
        for (var i = 0; i < 5; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var result in session.Run(feeds, ["loop:2"]))
                result.Dispose();
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        return bytes;
    }

    // i = 0; while (i < limit) { i++; x += x; }
    private static Graph CountingLoop(out Value x)
    {
        var graph = new Graph();
        var test = new FunctionBuilder(graph);
        var (i, limit) = (test.Argument(DType.Int32), test.Argument(DType.Int32));
        test.Argument(DType.Float32);
        var condition = test.Build("condition", [test.NewNode("Less").Input(i).Input(limit).Build()[0]]);
        var step = new FunctionBuilder(graph);
        (i, limit) = (step.Argument(DType.Int32), step.Argument(DType.Int32));
        var value = step.Argument(DType.Float32);
        var body = step.Build("body", [i + step.Constant(Tensor.Scalar(1)), limit, value + value]);
        var zero = graph.NewNode("Const").Attr("dtype", DType.Int32).Attr("value", AttrValue.Of(Tensor.Scalar(0))).Build()[0];
        var end = graph.NewNode("Placeholder", "limit").Attr("dtype", DType.Int32).Build()[0];
        x = graph.NewNode("Placeholder", "x").Attr("dtype", DType.Float32).Build()[0];
        graph.NewNode("StatelessWhile", "loop").Input([zero, end, x]).Attr("cond", AttrValue.Of(condition)).Attr("body", AttrValue.Of(body)).Build();
        return graph;
    }
}
