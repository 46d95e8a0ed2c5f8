using System.Collections.Immutable;
using Engine.Runtime;

namespace Engine.Passes;

/// <summary>
/// For each node, the branches it is in: the predicates, outermost first, that decide whether it is alive. Null where branches do not nest, as nothing
/// that TensorFlow's own front end writes does.
/// </summary>
internal sealed class Guards
{
    private readonly Dictionary<PlanValue, ImmutableList<Guard>> values = [];
    private readonly Dictionary<PlanNode, ImmutableList<Guard>> nodes = [];

    private Guards()
    {
    }

    /// <summary>The guards of all nodes, or null when they do not nest or loops are left.</summary>
    internal static Guards? Find(List<PlanNode> nodes)
    {
        if (nodes.Exists(n => ControlFlow.IsNextIteration(n.Op) || ControlFlow.IsEnter(n.Op) || n.Op is "_SwitchN" or "ControlTrigger") || Planner.Order(nodes) is not { } order)
            return null;
        var guards = new Guards();
        foreach (var node in order)
        {
            if (!guards.Visit(node))
                return null;
        }
        return guards;
    }

    internal ImmutableList<Guard> Of(PlanNode node) => nodes[node];

    private bool Visit(PlanNode node)
    {
        if (node.Constants is not null || node.Feed >= 0)
        {
            Set(node, []);
            return true;
        }
        if (ControlFlow.IsMerge(node.Op))
            return VisitMerge(node);
        ImmutableList<Guard>? all = [];
        foreach (var guard in node.Inputs.Select(Of).Concat(node.Controls.Select(Of)))
        {
            all = Combine(all, guard);
            if (all is null)
                return false;
        }
        if (!ControlFlow.IsSwitch(node.Op))
        {
            Set(node, all);
            return true;
        }
        nodes[node] = all;
        values[new(node, 0)] = all.Add(new(node.Inputs[1], false));
        values[new(node, 1)] = all.Add(new(node.Inputs[1], true));
        return true;
    }

    // The two inputs of a Merge differ in the last guard alone.
    private bool VisitMerge(PlanNode node)
    {
        if (node.Inputs.Length != 2 || node.Controls.Count > 0)
            return false;
        var a = Of(node.Inputs[0]);
        var b = Of(node.Inputs[1]);
        if (a.Count == 0 || a.Count != b.Count || a[^1].Predicate != b[^1].Predicate || a[^1].Branch == b[^1].Branch || !a.Take(a.Count - 1).SequenceEqual(b.Take(b.Count - 1)))
            return false;
        Set(node, a.RemoveAt(a.Count - 1));
        return true;
    }

    private void Set(PlanNode node, ImmutableList<Guard> guard)
    {
        nodes[node] = guard;
        for (var i = 0; i < Math.Max(1, node.Node.OutputTypes.Count); i++)
            values[new(node, i)] = guard;
    }

    private ImmutableList<Guard> Of(PlanValue value) => values.GetValueOrDefault(value) ?? [];

    private static ImmutableList<Guard>? Combine(ImmutableList<Guard> a, ImmutableList<Guard> b)
    {
        var (shorter, longer) = a.Count <= b.Count ? (a, b) : (b, a);
        return longer.Take(shorter.Count).SequenceEqual(shorter) ? longer : null;
    }

    /// <summary>A branch: what decides, and how it decides.</summary>
    internal readonly record struct Guard(PlanValue Predicate, bool Branch);
}
