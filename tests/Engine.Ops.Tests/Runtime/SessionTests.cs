using Engine.Graphs;
using Engine.Runtime;

namespace Engine.Ops.Tests.Runtime;

public class SessionTests
{
    [Fact]
    public void AnyTensorCanBeFedAndFetched()
    {
        var (graph, x, chain) = Chain(10);
        using var session = new Session(graph);
        using var fed = Tensor.From(1f, 2f, 3f);
        var results = session.Run([new("x", fed)], [chain[3].Name, chain[9].Name, "x:0"]);
        Assert.Equal([5f, 10f, 15f], results[0].ToArray<float>());
        Assert.Equal([11f, 22f, 33f], results[1].ToArray<float>());
        Assert.Equal([1f, 2f, 3f], results[2].ToArray<float>());

        using var middle = Tensor.From(100f);
        Assert.Equal([106f], session.Run([new("x", Tensor.From(1f)), new(chain[3].Name, middle)], [chain[9].Name])[0].ToArray<float>());
    }

    [Fact]
    public void FedTensorsAreNotWritten()
    {
        var (graph, _, chain) = Chain(5);
        using var session = new Session(graph);
        using var fed = Tensor.From(1f, 2f);
        session.Run([new("x", fed)], [chain[4].Name]);
        Assert.Equal([1f, 2f], fed.ToArray<float>());
    }

    [Fact]
    public void ResultsBelongToTheCaller()
    {
        var graph = new Graph();
        var constant = graph.NewNode("Const").Attr("dtype", DType.Float32).Attr("value", AttrValue.Of(Tensor.From(1f, 2f))).Build()[0];
        using var session = new Session(graph);
        var first = session.Run(constant.Name)[0];
        first.AsSpan<float>()[0] = 7;
        Assert.Equal([1f, 2f], session.Run(constant.Name)[0].ToArray<float>());

        var both = session.Run(constant.Name, constant.Name);
        both[0].AsSpan<float>()[0] = 7;
        Assert.Equal([1f, 2f], both[1].ToArray<float>());
    }

    [Fact]
    public void AWarmRunAllocatesLittle()
    {
        var (graph, _, chain) = Chain(1000);
        using var session = new Session(graph, new SessionOptions { Threads = 1 });
        using var fed = Tensor.From(1f, 2f, 3f);
        KeyValuePair<string, Tensor>[] feeds = [new("x", fed)];
        string[] fetches = [chain[^1].Name];
        for (var i = 0; i < 20; i++)
            session.Run(feeds, fetches)[0].Dispose();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            session.Run(feeds, fetches)[0].Dispose();
        Assert.True((GC.GetAllocatedBytesForCurrentThread() - before) / 100 < 1024);
    }

    [Fact]
    public void ConcurrentRunsGiveEqualAnswers()
    {
        var (graph, _, chain) = Chain(50);
        using var session = new Session(graph);
        var wrong = 0;
        var threads = Enumerable.Range(0, 4).Select(t => new Thread(() =>
        {
            using var fed = Tensor.From((float)t, 1f);
            for (var i = 0; i < 500; i++)
            {
                using var result = session.Run([new("x", fed)], [chain[^1].Name])[0];
                if (!result.AsSpan<float>().SequenceEqual([51f * t, 51f]))
                    Interlocked.Increment(ref wrong);
            }
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void ACancelledRunEndsWithCancelled()
    {
        var (graph, _, chain) = Chain(5);
        using var session = new Session(graph);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var error = Assert.Throws<EngineException>(() => session.Run([new("x", Tensor.From(1f))], [chain[4].Name], cancellation: cancelled.Token));
        Assert.Equal(StatusCode.Cancelled, error.Code);
    }

    [Fact]
    public void AllMissingOpsAreReportedAtOnce()
    {
        var graph = new Graph();
        var x = graph.NewNode("Placeholder", "x").Attr("dtype", DType.Float32).Build()[0];
        var a = graph.AddNode("NobodyKnows", [x]);
        var b = graph.AddNode("NobodyKnows", [a[0]]);
        var c = graph.AddNode("NorThis", [b[0]]);
        using var session = new Session(graph);
        Assert.Equal([1f], session.Run([new("x", Tensor.From(1f))], ["x"])[0].ToArray<float>());
        var error = Assert.Throws<MissingOpException>(() => session.Run([new("x", Tensor.From(1f))], [c[0].Name]));
        Assert.Equal(2, error.Counts["NobodyKnows"]);
        Assert.Equal(1, error.Counts["NorThis"]);
    }

    [Fact]
    public void AFeedOfAnotherTypeIsRefused()
    {
        var (graph, _, chain) = Chain(2);
        using var session = new Session(graph);
        var error = Assert.Throws<EngineException>(() => session.Run([new("x", Tensor.From(1))], [chain[1].Name]));
        Assert.Equal(StatusCode.InvalidArgument, error.Code);
        Assert.Contains("int32", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnErrorNamesTheNodeItsOpAndItsInputs()
    {
        var graph = new Graph();
        var x = graph.NewNode("Placeholder", "x").Attr("dtype", DType.Float32).Build()[0];
        var y = graph.NewNode("Placeholder", "y").Attr("dtype", DType.Float32).Build()[0];
        var sum = graph.NewNode("AddV2", "sum").Input(x).Input(y).Build()[0];
        using var session = new Session(graph);
        var error = Assert.Throws<EngineException>(() => session.Run([new("x", Tensor.From(1f, 2f)), new("y", Tensor.From(1f, 2f, 3f))], [sum.Name]));
        Assert.Equal("sum", error.NodeName);
        Assert.Equal("AddV2", error.Op);
        Assert.Contains("float[2], float[3]", error.Message, StringComparison.Ordinal);
        Assert.Equal([2f, 4f], session.Run([new("x", Tensor.From(1f, 2f)), new("y", Tensor.From(1f, 2f))], [sum.Name])[0].ToArray<float>());
    }

    private static (Graph Graph, Value X, Value[] Chain) Chain(int length)
    {
        var graph = new Graph();
        var x = graph.NewNode("Placeholder", "x").Attr("dtype", DType.Float32).Build()[0];
        var chain = new Value[length];
        var last = x;
        for (var i = 0; i < length; i++)
            chain[i] = last = last + x;
        return (graph, x, chain);
    }
}
