using Engine.Graphs;
using Engine.Runtime;

namespace Engine.Ops.Tests.Functions;

public class BatchFunctionTests
{
    [Fact]
    public async Task Calls_at_the_same_time_share_a_batch_and_get_their_own_rows()
    {
        var graph = new Graph();
        var f = new FunctionBuilder(graph);
        var rows = f.Argument(DType.Float32);
        // Every row is doubled; the number of rows of the batch shows in the second result.
        var size = f.NewNode("Fill").Input(f.NewNode("Shape").Input(rows).Build()[0])
            .Input(f.NewNode("Size").Input(rows).Build()[0]).Build()[0];
        var function = f.Build("double", [rows + rows, size]);
        var x = graph.NewNode("Placeholder", "x").Attr("dtype", DType.Float32).Build()[0];
        graph.NewNode("BatchFunction", "batch").Input([x]).Input([]).Attr("Tout", AttrValue.List(DType.Float32, DType.Int32)).Attr("f", AttrValue.Of(function))
            .Attr("num_batch_threads", 1).Attr("max_batch_size", 4).Attr("batch_timeout_micros", 30_000_000).Build();
        using var session = new Session(graph);
        var calls = Enumerable.Range(0, 4).Select(i => Task.Run(() =>
        {
            using var value = Tensor.From<float>([i]);
            return session.Run([KeyValuePair.Create("x", value)], ["batch:0", "batch:1"]);
        })).ToArray();
        // The batch is full with the fourth call: nobody waits for the timeout.
        var results = await Task.WhenAll(calls).WaitAsync(TimeSpan.FromSeconds(20));
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal([2f * i], results[i][0].ToArray<float>());
            Assert.Equal([4], results[i][1].ToArray<int>());
        }
    }
}
