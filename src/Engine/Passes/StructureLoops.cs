using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Passes;

/// <summary>
/// Turns TensorFlow 1's loops (Enter, Merge, LoopCond, Switch, NextIteration, Exit) into one node each, with plans for condition and body, innermost loops
/// first. A loop of another make stays as it is and runs on the dataflow executor.
/// </summary>
internal static class StructureLoops
{
    internal static void Run(PlanGraph graph, SessionState session)
    {
        for (var again = true; again;)
        {
            again = false;
            var users = Users(graph);
            foreach (var node in graph.Nodes)
            {
                if (node.Op == "LoopCond" && Loop.Find(node, users) is { } loop && Build(graph, session, loop))
                {
                    again = true;
                    break;
                }
            }
            if (again)
                graph.Prune();
        }
    }

    private static Dictionary<PlanNode, List<PlanNode>> Users(PlanGraph graph)
    {
        var users = new Dictionary<PlanNode, List<PlanNode>>();
        foreach (var node in graph.Nodes)
        {
            foreach (var source in node.Inputs.Select(v => v.Node).Concat(node.Controls).Distinct())
            {
                if (!users.TryGetValue(source, out var list))
                    users[source] = list = [];
                list.Add(node);
            }
        }
        return users;
    }

    private static bool Build(PlanGraph graph, SessionState session, Loop loop)
    {
        var condition = new Region(loop, isBody: false);
        var body = new Region(loop, isBody: true);
        if (!condition.Collect([loop.Condition.Inputs[0]], loop.Condition.Controls)
            || !body.Collect(loop.Next.Select(n => n.Inputs[0]), loop.Next.SelectMany(n => n.Controls)))
            return false;
        var invariants = condition.Invariants.Union(body.Invariants).ToList();
        var types = loop.Enters.Concat(invariants).Select(e => (e.Node.Name, e.Node.OutputTypes[0])).ToList();
        var (conditionGraph, bodyGraph) = (condition.Simplify(session, types, invariants, graph), body.Simplify(session, types, invariants, graph));
        var enters = loop.Enters.Concat(invariants).ToArray();
        var made = graph.Add("_Loop", loop.Condition.Node.Name, [.. enters.Select(e => e.Node.InputTypes[0])], [.. loop.Enters.Select(e => e.Node.OutputTypes[0])],
            [.. enters.Select(e => e.Inputs[0])], loop.Condition.Order);
        var builder = new KernelBuilder(made.Node, session, i => made.Inputs[i].Node.Constants?[made.Inputs[i].Index], stateScope: graph.StateScope)
        {
            Loops = new LoopInside(conditionGraph.Clone(), bodyGraph.Clone()),
            Written = AsWritten,
        };
        made.Kernel = loop.Condition.Node.Graph.Registry.Find(made.Op) is { } op ? op.CreateKernel(builder) : AsWritten();
        foreach (var enter in enters)
        {
            foreach (var control in enter.Controls)
                made.AddControl(control);
        }
        graph.Replace(v => loop.Exits.TryGetValue(v.Node, out var variable) ? new PlanValue(made, variable) : v,
            n => loop.Exits.ContainsKey(n) ? made : n);
        return true;

        Kernel AsWritten()
        {
            var (conditionPlan, bodyPlan) = (Planner.Join(conditionGraph, session, keepFeeds: true), Planner.Join(bodyGraph, session));
            return BlockingKernel.WrapIfNeeded(new LoopKernel(conditionPlan, bodyPlan, loop.Enters.Length), conditionPlan, bodyPlan);
        }
    }

    /// <summary>The parts of a loop, variable by variable.</summary>
    private sealed class Loop
    {
        internal required PlanNode Condition { get; init; }

        internal required PlanNode[] Enters { get; init; }

        internal required Dictionary<PlanNode, int> Merges { get; init; }

        internal required Dictionary<PlanNode, int> Switches { get; init; }

        internal required PlanNode[] Next { get; init; }

        internal required Dictionary<PlanNode, int> Exits { get; init; }

        internal static Loop? Find(PlanNode condition, Dictionary<PlanNode, List<PlanNode>> users)
        {
            var merges = new Dictionary<PlanNode, int>();
            var switches = new Dictionary<PlanNode, int>();
            var exits = new Dictionary<PlanNode, int>();
            var enters = new List<PlanNode>();
            var next = new List<PlanNode>();
            foreach (var user in users.GetValueOrDefault(condition) ?? [])
            {
                if (!user.Inputs.Any(v => ReferenceEquals(v.Node, condition)))
                    continue;
                if (user.Op is not ("Switch" or "RefSwitch") || !ReferenceEquals(user.Inputs[1].Node, condition) || ReferenceEquals(user.Inputs[0].Node, condition))
                    return null;
                var merge = user.Inputs[0].Node;
                if (!ControlFlow.IsMerge(merge.Op) || merge.Inputs.Length != 2 || merge.Controls.Count > 0 || merges.ContainsKey(merge))
                    return null;
                var enter = merge.Inputs[0].Node;
                var back = merge.Inputs[1].Node;
                if (!ControlFlow.IsEnter(enter.Op) || !ControlFlow.IsNextIteration(back.Op) || enter.Node.Attr("is_constant").AsBool()
                    || (users.GetValueOrDefault(merge) ?? []).Any(u => u.Inputs.Any(v => ReferenceEquals(v.Node, merge) && v.Index == 1)))
                    return null;
                var variable = enters.Count;
                merges[merge] = variable;
                switches[user] = variable;
                enters.Add(enter);
                next.Add(back);
                foreach (var after in users.GetValueOrDefault(user) ?? [])
                {
                    if (!after.Inputs.Contains(new PlanValue(user, 0)))
                        continue;
                    if (!ControlFlow.IsExit(after.Op) || after.Controls.Count > 0)
                        return null;
                    exits[after] = variable;
                }
            }
            return enters.Count == 0 ? null : new Loop
            {
                Condition = condition,
                Enters = [.. enters],
                Merges = merges,
                Switches = switches,
                Next = [.. next],
                Exits = exits,
            };
        }
    }

    /// <summary>The nodes of a loop's condition or body, found backwards from what it makes.</summary>
    private sealed class Region(Loop loop, bool isBody)
    {
        private readonly HashSet<PlanNode> nodes = [];
        private PlanValue[] results = [];
        private PlanNode[] targets = [];

        internal HashSet<PlanNode> Invariants { get; } = [];

        /// <summary>False when the region holds what a structured loop cannot have.</summary>
        internal bool Collect(IEnumerable<PlanValue> made, IEnumerable<PlanNode> controls)
        {
            results = [.. made];
            targets = [.. controls.Where(c => !IsPivot(c)).Distinct()];
            var pending = new Stack<PlanNode>(targets);
            foreach (var r in results)
            {
                if (Variable(r) < 0)
                    pending.Push(r.Node);
            }
            while (pending.TryPop(out var node))
            {
                if (ControlFlow.IsEnter(node.Op) && node.Node.Attr("is_constant").AsBool())
                {
                    Invariants.Add(node);
                    continue;
                }
                if (!nodes.Add(node) || node.Constants is not null)
                    continue;
                if (ReferenceEquals(node, loop.Condition) || node.Feed >= 0 || ControlFlow.IsEnter(node.Op) || ControlFlow.IsNextIteration(node.Op)
                    || ControlFlow.IsExit(node.Op) || loop.Merges.ContainsKey(node) || loop.Switches.ContainsKey(node) || (node.Inputs.Length == 0 && node.Controls.Count == 0))
                    return false;
                foreach (var input in node.Inputs)
                {
                    if (Variable(input) < 0)
                        pending.Push(input.Node);
                }
                foreach (var control in node.Controls)
                {
                    if (!IsPivot(control))
                        pending.Push(control);
                }
            }
            return true;
        }

        internal PlanGraph Simplify(SessionState session, List<(string Name, DType Type)> feeds, List<PlanNode> invariants, PlanGraph outer)
        {
            var graph = PlanGraph.WithFeeds(loop.Condition.Node.Graph, feeds);
            graph.StateScope = outer.StateScope;
            graph.Frozen = outer.Frozen;
            var isStraight = !nodes.Any(n => ControlFlow.IsControlFlow(n.Op));
            var copies = nodes.ToDictionary(n => n, n => new PlanNode(n.Node, n.Order) { Constants = n.Constants, Kernel = n.Kernel });
            foreach (var (node, copy) in copies)
            {
                copy.Inputs = node.Constants is null ? [.. node.Inputs.Select(Map)] : [];
                foreach (var control in node.Constants is null ? node.Controls : [])
                {
                    // The front end ties constants of a body to an Identity of a loop variable: "in this iteration" again.
                    if (copies.TryGetValue(control, out var before) && !(isStraight && node.Op == "Const" && control.Op == "Identity"))
                        copy.AddControl(before);
                }
                graph.Nodes.Add(copy);
            }
            graph.BindFeeds([.. loop.Enters.Select(_ => (Tensor?)null), .. invariants.Select(i => i.Inputs[0].Node.Constants?[i.Inputs[0].Index])]);
            graph.Fetches = [.. results.Select(Map)];
            graph.Targets.AddRange(targets.Where(copies.ContainsKey).Select(t => copies[t]));
            Planner.Simplify(graph, session);
            return graph;

            PlanValue Map(PlanValue value)
            {
                if (Variable(value) is var variable and >= 0)
                    return new(graph.Feeds[variable], 0);
                var invariant = invariants.IndexOf(value.Node);
                return invariant >= 0 ? new(graph.Feeds[loop.Enters.Length + invariant], 0) : new(copies[value.Node], value.Index);
            }
        }

        // The loop variable that a value stands for, or -1. In the body, what Merge and Switch pass on is the same.
        private int Variable(PlanValue value)
        {
            if (value.Index == 0 && loop.Merges.TryGetValue(value.Node, out var merged))
                return merged;
            return isBody && value.Index == 1 && loop.Switches.TryGetValue(value.Node, out var switched) ? switched : -1;
        }

        // Control edges from these say "in this iteration", which goes without saying in a plan of its own.
        private bool IsPivot(PlanNode node) => loop.Merges.ContainsKey(node) || loop.Switches.ContainsKey(node) || ReferenceEquals(node, loop.Condition) || ControlFlow.IsEnter(node.Op);
    }
}
