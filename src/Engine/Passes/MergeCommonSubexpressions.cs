using System.Text;
using Engine.Runtime;

namespace Engine.Passes;

/// <summary>Of nodes that compute the same from the same, keeps the first.</summary>
internal static class MergeCommonSubexpressions
{
    internal static void Run(PlanGraph graph)
    {
        var known = new Dictionary<string, PlanNode>();
        var replaced = new Dictionary<PlanNode, PlanNode>();
        var key = new StringBuilder();
        foreach (var node in Planner.Order(graph.Nodes) ?? [])
        {
            for (var i = 0; i < node.Inputs.Length; i++)
            {
                if (replaced.TryGetValue(node.Inputs[i].Node, out var kept))
                    node.Inputs[i] = new PlanValue(kept, node.Inputs[i].Index);
            }
            if (node.IsStateful || node.Controls.Count > 0 || node.Feed >= 0 || ControlFlow.IsControlFlow(node.Op) || node.Op is "Placeholder" or "PlaceholderV2")
                continue;
            key.Clear().Append(node.Op);
            foreach (var (name, value) in node.Node.Attrs.OrderBy(a => a.Key, StringComparer.Ordinal))
            {
                if (!name.StartsWith('_'))
                    key.Append('|').Append(name).Append('=').Append(value);
            }
            foreach (var input in node.Inputs)
                key.Append('|').Append(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(input.Node)).Append('#').Append(input.Node.Node.Name).Append(':').Append(input.Index);
            if (!known.TryAdd(key.ToString(), node))
                replaced[node] = known[key.ToString()];
        }
        if (replaced.Count == 0)
            return;
        graph.Replace(v => replaced.TryGetValue(v.Node, out var kept) ? new PlanValue(kept, v.Index) : v, n => replaced.GetValueOrDefault(n, n));
        graph.Prune();
    }
}
