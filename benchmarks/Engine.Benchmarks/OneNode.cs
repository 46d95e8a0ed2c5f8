using Engine.Graphs;
using Engine.Runtime;

namespace Engine.Benchmarks;

/// <summary>A session on a graph of one node of interest, and its fed inputs: what a kernel costs as users see it.</summary>
internal sealed class OneNode : IDisposable
{
    private readonly Session session;
    private readonly KeyValuePair<string, Tensor>[] feeds;
    private readonly string[] fetches;

    /// <param name="build">Builds the node on the values that are fed.</param>
    /// <param name="threads">Threads of the session.</param>
    /// <param name="inputs">What is fed.</param>
    internal OneNode(Func<Graph, Value[], Value> build, int threads, params Tensor[] inputs)
    {
        var graph = new Graph();
        var values = inputs.Select((t, i) => graph.NewNode("Placeholder", $"input{i}").Attr("dtype", t.Type).Build()[0]).ToArray();
        fetches = [build(graph, values).Name];
        feeds = [.. inputs.Select((t, i) => KeyValuePair.Create(values[i].Name, t))];
        session = new Session(graph, new SessionOptions { Threads = threads });
    }

    /// <summary>Random numbers between -1 and 1.</summary>
    internal static Tensor Random(params ReadOnlySpan<long> dims)
    {
        var random = new Random(7);
        var tensor = Tensor.Allocate(DType.Float32, new Shape(dims));
        foreach (ref var x in tensor.AsSpan<float>())
            x = (2 * random.NextSingle()) - 1;
        return tensor;
    }

    /// <summary>A constant in the graph, as weights are.</summary>
    internal static Value Weights(Graph graph, params ReadOnlySpan<long> dims)
        => graph.NewNode("Const").Attr("dtype", DType.Float32).Attr("value", Random(dims)).Build()[0];

    internal void Run()
    {
        foreach (var result in session.Run(feeds, fetches))
            result.Dispose();
    }

    public void Dispose() => session.Dispose();
}
