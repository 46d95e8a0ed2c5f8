using Engine.Runtime;

namespace Engine.Passes;

/// <summary>
/// Drops control edges from what is there before a plan runs: feeds, constants, and a NoOp that waits for nothing else. Not in plans with control flow, where a
/// control edge also says in which frame, and whether, a node runs.
/// </summary>
internal static class DropSettledControls
{
    internal static void Run(PlanGraph graph)
    {
        if (graph.Nodes.Exists(n => ControlFlow.IsControlFlow(n.Op)))
            return;
        var settled = new HashSet<PlanNode>();
        foreach (var node in Planner.Order(graph.Nodes) ?? [])
        {
            node.Controls.RemoveAll(settled.Contains);
            if (node.Feed >= 0 || node.Constants is not null || (node.Op == "NoOp" && node.Controls.Count == 0))
                settled.Add(node);
        }
        graph.Prune();
    }
}
