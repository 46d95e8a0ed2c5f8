using Engine.Graphs;

namespace Engine.Runtime;

/// <summary>Makes the bodies of functions before they are called.</summary>
internal static class FunctionReading
{
    /// <param name="graph">The graph.</param>
    /// <param name="session">Keeps the bodies.</param>
    /// <param name="fetches">Names of tensors; what is no name is left out.</param>
    internal static void Run(Graph graph, SessionState session, IEnumerable<string> fetches)
    {
        var bodies = new HashSet<FunctionHandle>();
        var nodes = new HashSet<Node>();
        var waiting = new Stack<Node>();
        foreach (var fetch in fetches)
        {
            if (graph.Find(TensorName.Parse(fetch).Node) is { } node && nodes.Add(node))
                waiting.Push(node);
        }
        while (waiting.TryPop(out var node))
        {
            foreach (var input in node.Inputs)
            {
                if (nodes.Add(input.Node))
                    waiting.Push(input.Node);
            }
            foreach (var (_, attr) in node.Attrs)
            {
                if (attr.Kind != AttrKind.Func || Body(node.Graph, session, attr.AsFunction(), bodies) is not { } body)
                    continue;
                foreach (var inner in body.Graph.Nodes)
                {
                    if (nodes.Add(inner))
                        waiting.Push(inner);
                }
            }
        }
    }

    // Null for functions that were read before.
    private static FunctionBody? Body(Graph graph, SessionState session, FunctionReference reference, HashSet<FunctionHandle> bodies)
    {
        try
        {
            return session.Function(graph, reference) is { } function && bodies.Add(function) ? function.Body : null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whoever calls the function hears of it; this may be a thread on which nobody would catch it.
            return null;
        }
    }
}
