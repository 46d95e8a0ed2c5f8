using Engine.Graphs;
using Engine.Runtime;

namespace Engine.Conformance.Running;

/// <summary>Builds the gradients of <c>Case.gradients</c> in the loaded graph, runs and compares them.</summary>
internal sealed class GradientCase(Golden.Case @case, SessionOptions options)
{
    /// <exception cref="CaseFailedException">It ends otherwise than in TensorFlow.</exception>
    internal void Run()
    {
        using var folder = new CaseFolder(@case.Files);
        for (var i = 0; i < @case.Gradients.Count; i++)
            Run($"gradient {i}", @case.Gradients[i], folder);
    }

    private void Run(string where, Golden.Gradient gradient, CaseFolder folder)
    {
        var def = GraphLoader.Decode(@case.Graph.Memory, folder);
        if (GraphLoader.Missing(@case.Ops, def) is { Count: > 0 } missing)
            throw CaseFailedException.MissingOps(missing);
        try
        {
            var graph = Graph.FromDef(def);
            var values = Build(graph, gradient, folder);
            CheckPresence(where, gradient, values);

            var present = Enumerable.Range(0, values.Length).Where(i => values[i] is not null).ToList();
            using var session = new Session(graph, options);
            using var feeds = new FeedTensors(gradient.Feeds, folder);
            var results = session.Run(feeds.Items, [.. present.Select(i => values[i]!.Value.Name)]);
            RunCheck.Compare(where, [.. present.Select(i => gradient.Expected[i])], results);
            foreach (var result in results)
                result.Dispose();
        }
        catch (EngineException e)
        {
            throw CaseFailedException.WrongError(where, e, 0);
        }
    }

    private static Value?[] Build(Graph graph, Golden.Gradient gradient, CaseFolder folder)
    {
        var ys = gradient.Ys.Select(graph.ValueByName).ToList();
        var xs = gradient.Xs.Select(graph.ValueByName).ToList();
        var gradYs = new List<Value?>();
        foreach (var seed in gradient.GradYs)
        {
            var tensor = TensorFlowMessages.Tensor(seed.Tensor.Memory);
            folder.Resolve(tensor);
            gradYs.Add(graph.NewNode("Const").Attr("dtype", tensor.Type).Attr("value", AttrValue.Of(tensor)).Build()[0]);
        }
        return [.. Gradients.Add(ys, xs, gradYs).Select(g => g is null ? (Value?)null : Gradients.ToDense(graph, g))];
    }

    private static void CheckPresence(string where, Golden.Gradient gradient, Value?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var expected = !gradient.Expected[i].Tensor.IsEmpty;
            if (expected != values[i] is not null)
                throw CaseFailedException.WrongValue(new($"{where}: {(expected ? "no gradient" : "a gradient")} flows to {gradient.Xs[i]}"));
        }
    }
}
