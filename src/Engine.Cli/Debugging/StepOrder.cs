using Engine.Graphs;

namespace Engine.Cli.Debugging;

/// <summary>The nodes that lead to some fetches, inputs before their users.</summary>
internal static class StepOrder
{
    internal static List<Node> Of(Graph graph, IEnumerable<string> fed, IEnumerable<string> wanted)
    {
        var stop = fed.Select(f => graph.ValueByName(f).Node).ToHashSet();
        var order = new List<Node>();
        var seen = new HashSet<Node>();
        var stack = new Stack<(Node Node, bool IsDone)>();
        foreach (var name in wanted.Reverse())
            stack.Push((graph.NodeByName(name.LastIndexOf(':') is var colon and > 0 ? name[..colon] : name), false));
        while (stack.TryPop(out var next))
        {
            if (next.IsDone)
            {
                order.Add(next.Node);
                continue;
            }
            // Loops of old graphs lead back to nodes that were seen.
            if (!seen.Add(next.Node))
                continue;
            stack.Push((next.Node, true));
            if (stop.Contains(next.Node))
                continue;
            foreach (var input in next.Node.Inputs.Reverse())
                stack.Push((input.Node, false));
        }
        return order;
    }
}
