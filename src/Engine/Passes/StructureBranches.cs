using System.Collections.Immutable;
using Engine.Runtime;

namespace Engine.Passes;

/// <summary>
/// Turns TensorFlow 1's conditionals (Switch, Merge) into one node each, with a plan for each branch, innermost first. A graph in which a dead tensor can be
/// seen, or whose branches do not nest, stays as it is and runs on the dataflow executor.
/// </summary>
internal static class StructureBranches
{
    internal static void Run(PlanGraph graph, SessionState session)
    {
        if (!graph.Nodes.Exists(n => ControlFlow.IsMerge(n.Op)))
            return;
        while (Guards.Find(graph.Nodes) is { } guards && !graph.Fetches.Any(f => IsGuarded(f.Node, guards)) && !graph.Targets.Exists(t => IsGuarded(t, guards)))
        {
            var deepest = graph.Nodes.Where(n => ControlFlow.IsMerge(n.Op)).OrderByDescending(m => guards.Of(m).Count).FirstOrDefault();
            if (deepest is null || !Build(graph, session, guards, deepest))
                return;
            graph.Prune();
        }
    }

    private static bool IsGuarded(PlanNode node, Guards guards) => guards.Of(node).Count > 0 || (ControlFlow.IsSwitch(node.Op) && node.Constants is null);

    private static bool Build(PlanGraph graph, SessionState session, Guards guards, PlanNode seed)
    {
        var conditional = Conditional.Find(graph, guards, seed);
        if (conditional is null)
            return false;
        var predicate = conditional.Predicate;
        var arguments = conditional.Arguments;
        var merges = conditional.Merges;
        var types = arguments.Select(a => (a.Node.Node.Name, a.Node.Feed >= 0 ? a.Node.Node.OutputTypes[0] : a.Node.Node.OutputTypes[a.Index])).ToList();
        var (whenFalse, whenTrue) = (Branch(false), Branch(true));
        var kernel = BlockingKernel.WrapIfNeeded(new BranchKernel(whenFalse, whenTrue, [.. merges.Select(m => conditional.IsTrue(m.Inputs[0]) ? (1, 0) : (0, 1))]), whenFalse, whenTrue);
        var made = graph.Add("_Branch", seed.Node.Name, [DType.Bool, .. types.Select(t => t.Item2)],
            [.. merges.Select(m => m.Node.OutputTypes[0]), .. merges.Select(_ => DType.Int32)], [predicate, .. arguments], seed.Order, kernel: kernel);
        foreach (var control in conditional.Controls)
            made.AddControl(control);
        graph.Replace(v => merges.IndexOf(v.Node) is var i and >= 0 ? new PlanValue(made, v.Index == 0 ? i : merges.Count + i) : v,
            n => merges.Contains(n) ? made : n);
        return true;

        Plan Branch(bool branch)
        {
            var inner = PlanGraph.WithFeeds(seed.Node.Graph, types);
            inner.StateScope = graph.StateScope;
            inner.Frozen = graph.Frozen;
            var region = conditional.Region(branch);
            var copies = region.ToDictionary(n => n, n => new PlanNode(n.Node, n.Order) { Constants = n.Constants, Kernel = n.Kernel });
            foreach (var (node, copy) in copies)
            {
                copy.Inputs = node.Constants is null ? [.. node.Inputs.Select(Map)] : [];
                foreach (var control in node.Controls)
                {
                    if (copies.TryGetValue(control, out var before))
                        copy.AddControl(before);
                }
                inner.Nodes.Add(copy);
            }
            inner.BindFeeds([.. conditional.Arguments.Select(a => a.Node.Constants?[a.Index])]);
            inner.Fetches = [.. merges.Select(m => Map(m.Inputs.First(i => conditional.IsTrue(i) == branch)))];
            return Planner.Finish(inner, session);

            PlanValue Map(PlanValue value) => conditional.Argument(value) is var a and >= 0 ? new(inner.Feeds[a], 0)
                : copies.TryGetValue(value.Node, out var copy) ? new(copy, value.Index)
                : throw EngineException.Internal($"'{value.Node.Node.Name}' is not in the branch.");
        }
    }

    /// <summary>The parts of a conditional: what flows in, the nodes of both branches, the merges at its end.</summary>
    private sealed class Conditional
    {
        private readonly Guards guards;
        private readonly ImmutableList<Guards.Guard> outside;
        private readonly HashSet<PlanNode> whenFalse = [];
        private readonly HashSet<PlanNode> whenTrue = [];

        private Conditional(Guards guards, PlanValue predicate, ImmutableList<Guards.Guard> outside)
        {
            this.guards = guards;
            this.outside = outside;
            Predicate = predicate;
        }

        internal PlanValue Predicate { get; }

        internal List<PlanValue> Arguments { get; } = [];

        internal List<PlanNode> Merges { get; } = [];

        internal HashSet<PlanNode> Controls { get; } = [];

        internal HashSet<PlanNode> Region(bool branch) => branch ? whenTrue : whenFalse;

        /// <summary>The conditional that ends in <paramref name="seed"/>, with all merges that share nodes with it; null when it is of another make.</summary>
        internal static Conditional? Find(PlanGraph graph, Guards guards, PlanNode seed)
        {
            var guard = GuardOf(seed.Inputs[0]);
            var found = new Conditional(guards, guard.Predicate, guards.Of(seed));
            var all = graph.Nodes.Where(n => ControlFlow.IsMerge(n.Op) && guards.Of(n).SequenceEqual(found.outside) && GuardOf(n.Inputs[0]).Predicate == found.Predicate).ToList();
            found.Add(seed);
            for (var again = true; again;)
            {
                again = false;
                foreach (var merge in all)
                {
                    if (!found.Merges.Contains(merge) && found.Shares(merge))
                    {
                        found.Add(merge);
                        again = true;
                    }
                }
            }
            return found.IsClosed(graph) ? found : null;

            Guards.Guard GuardOf(PlanValue value) => ControlFlow.IsSwitch(value.Node.Op)
                ? new(value.Node.Inputs[1], value.Index == 1)
                : guards.Of(value.Node)[^1];
        }

        internal bool IsTrue(PlanValue value) => ControlFlow.IsSwitch(value.Node.Op) ? value.Index == 1 : guards.Of(value.Node)[^1].Branch;

        /// <summary>The number of the argument that a value of a branch is, or -1.</summary>
        internal int Argument(PlanValue value) => IsEntry(value.Node) ? Arguments.IndexOf(value.Node.Inputs[0]) : -1;

        private bool IsEntry(PlanNode node) => ControlFlow.IsSwitch(node.Op) && node.Constants is null && node.Inputs[1] == Predicate;

        // Pivots say "in this branch" and belong to every conditional of the predicate.
        private bool IsPivot(PlanNode node) => IsEntry(node) ? node.Inputs[0] == Predicate
            : node.Op == "Identity" && node.Controls.Count == 0 && IsEntry(node.Inputs[0].Node) && node.Inputs[0].Node.Inputs[0] == Predicate;

        private IEnumerable<PlanNode> Inside(PlanNode merge)
        {
            var seen = new HashSet<PlanNode>();
            var pending = new Stack<PlanNode>(merge.Inputs.Select(i => i.Node));
            while (pending.TryPop(out var node))
            {
                if (!seen.Add(node))
                    continue;
                yield return node;
                if (node.Constants is not null || IsEntry(node))
                    continue;
                foreach (var source in node.Inputs.Select(i => i.Node).Concat(node.Controls))
                    pending.Push(source);
            }
        }

        private bool Shares(PlanNode merge) => Inside(merge).Any(n => !IsPivot(n) && !IsEntry(n) && n.Constants is null && (whenTrue.Contains(n) || whenFalse.Contains(n)));

        private void Add(PlanNode merge)
        {
            Merges.Add(merge);
            foreach (var node in Inside(merge))
            {
                if (IsEntry(node))
                {
                    if (!Arguments.Contains(node.Inputs[0]))
                        Arguments.Add(node.Inputs[0]);
                    Controls.UnionWith(node.Controls);
                }
                else if (node.Constants is not null && guards.Of(node).Count == 0)
                {
                    whenTrue.Add(node);
                    whenFalse.Add(node);
                }
                else
                {
                    (guards.Of(node) is { Count: > 0 } g && g[^1].Branch ? whenTrue : whenFalse).Add(node);
                }
            }
        }

        // Every node inside has the guard of its branch, nobody outside uses it, and nothing that flows in depends on what flows out.
        private bool IsClosed(PlanGraph graph)
        {
            foreach (var node in whenTrue.Concat(whenFalse))
            {
                if (node.Constants is not null)
                    continue;
                var g = guards.Of(node);
                if (g.Count != outside.Count + 1 || g[^1].Predicate != Predicate || node.Feed >= 0 || ControlFlow.IsSwitch(node.Op) || ControlFlow.IsMerge(node.Op))
                    return false;
            }
            foreach (var node in graph.Nodes)
            {
                if (whenTrue.Contains(node) || whenFalse.Contains(node) || Merges.Contains(node) || node.Constants is not null)
                    continue;
                if (node.Inputs.Select(i => i.Node).Concat(node.Controls).Any(s => s.Constants is null && !IsPivot(s) && (whenTrue.Contains(s) || whenFalse.Contains(s))))
                    return false;
            }
            var seen = new HashSet<PlanNode>();
            var pending = new Stack<PlanNode>(Arguments.Select(a => a.Node).Append(Predicate.Node).Concat(Controls));
            while (pending.TryPop(out var node))
            {
                if (!seen.Add(node))
                    continue;
                if (Merges.Contains(node))
                    return false;
                if (node.Constants is not null)
                    continue;
                foreach (var source in node.Inputs.Select(i => i.Node).Concat(node.Controls))
                    pending.Push(source);
            }
            return true;
        }
    }
}
