using Engine.Graphs;
using Engine.Runtime;

namespace Engine.Ops.Tests;

/// <summary>Runs a graph of one op on given inputs, and its gradient against finite differences.</summary>
internal sealed class OneOp
{
    private readonly Graph graph = new();
    private readonly (Value Value, Tensor Tensor)[] feeds;

    /// <summary>Makes a node.</summary>
    /// <param name="op">The op type.</param>
    /// <param name="inputs">Its inputs, all fed.</param>
    /// <param name="list">Whether the inputs are one list argument.</param>
    /// <param name="attrs">Attributes.</param>
    public OneOp(string op, Tensor[] inputs, bool list = false, params (string Name, AttrValue Value)[] attrs)
    {
        feeds = [.. inputs.Select(t => (graph.NewNode("Placeholder").Attr("dtype", t.Type).Build()[0], t))];
        NodeBuilder node = graph.NewNode(op);
        if (list)
            node.Input([.. feeds.Select(feed => feed.Value)]);
        foreach ((Value value, _) in list ? [] : feeds)
            node.Input(value);
        foreach ((string name, AttrValue value) in attrs)
            node.Attr(name, value);
        Output = node.Build()[0];
    }

    private Value Output { get; }

    public Tensor Run()
    {
        using var session = new Session(graph);
        return session.Run(Output, feeds);
    }

    /// <summary>Compares the gradient of sum(output * weights), for some weights, with differences of the function, for doubles.</summary>
    public void CheckGradient(int input, double tolerance = 1e-6)
    {
        Tensor output = Run();
        var random = new Random(1);
        double[] weights = [.. Enumerable.Range(0, (int)output.Count).Select(_ => random.NextDouble() - 0.5)];
        Value seed = graph.NewNode("Placeholder").Attr("dtype", DType.Float64).Build()[0];
        Value gradient = Gradients.Add([Output], [feeds[input].Value], [seed])[0]!.Values;
        using var session = new Session(graph);
        using Tensor seedTensor = Tensor.From<double>(weights, output.Shape);
        double[] analytic = session.Run(gradient, [.. feeds, (seed, seedTensor)]).ToArray<double>();
        for (int i = 0; i < analytic.Length; i++)
        {
            const double Step = 1e-4;
            double slope = (Shifted(i, Step) - Shifted(i, -Step)) / (2 * Step);
            Assert.True(Math.Abs(slope - analytic[i]) <= tolerance * (1 + Math.Abs(slope)), $"input {input}[{i}]: {analytic[i]}, not {slope}");
        }

        double Shifted(int element, double step)
        {
            var moved = (((Value Value, Tensor Tensor)[])feeds.Clone());
            moved[input].Tensor = feeds[input].Tensor.Clone();
            moved[input].Tensor.AsSpan<double>()[element] += step;
            double[] values = session.Run(Output, moved).ToArray<double>();
            return values.Zip(weights, (value, weight) => value * weight).Sum();
        }
    }

    /// <summary>Doubles between -0.5 and 0.5.</summary>
    public static Tensor Doubles(int seed, params long[] shape)
    {
        var random = new Random(seed);
        var s = new Shape(shape);
        double[] values = [.. Enumerable.Range(0, (int)s.Count).Select(_ => random.NextDouble() - 0.5)];
        return Tensor.From<double>(values, s);
    }
}
