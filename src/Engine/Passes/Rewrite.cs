using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Passes;

/// <summary>Applies the rules that stand beside the ops, node by node in the order of execution, until none applies.</summary>
internal static class Rewrite
{
    /// <summary>More rounds than rules that feed each other ever need; a bound for rules that undo each other.</summary>
    private const int MaximumRounds = 16;

    internal static void Run(PlanGraph graph, Func<OpImplementation, Func<RewriteContext, bool>?> ruleOf)
    {
        for (var round = 0; round < MaximumRounds; round++)
        {
            var changed = false;
            var context = new RewriteContext(graph);
            foreach (var node in Planner.Order(graph.Nodes) ?? [])
            {
                if (node.Feed >= 0 || node.Constants is not null || node.Kernel is not null || !context.IsUsed(node))
                    continue;
                while (node.Node.Graph.Registry.Find(node.Op) is { } op && ruleOf(op) is { } rule && context.Apply(node, rule))
                    changed = true;
            }
            graph.Prune();
            if (!changed)
                return;
        }
    }
}
