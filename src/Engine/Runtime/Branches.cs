using Engine.Graphs;

namespace Engine.Runtime;

/// <summary>Orders a plan's steps so that sequential ones which need nothing of each other form groups, whose steps may run side by side.</summary>
internal static class Branches
{
    /// <summary>Puts the steps in that order if there is any group, and leaves them as they are if not.</summary>
    /// <param name="order">The nodes in the order of the steps; also those that are known and make no step.</param>
    /// <param name="steps">The steps, those of <paramref name="order"/> in the same order.</param>
    /// <param name="origins">The node of each step.</param>
    internal static List<StepGroup> Arrange(List<PlanNode> order, List<Step> steps, List<PlanNode> origins)
    {
        // What is behind a reference changes in place: then all stays in order, readers of the value included.
        if (steps.Count(s => s.Kernel.IsSequential) < 2 || steps.Exists(s => s.Node.OutputTypes.Any(t => t.IsRef())))
            return [];
        var made = new Dictionary<PlanNode, Step>();
        var positions = new Dictionary<PlanNode, int>();
        for (var i = 0; i < steps.Count; i++)
            made[origins[i]] = steps[i];
        foreach (var node in order)
            positions[node] = positions.Count;

        var readiness = new Readiness(order);
        PlanNode? last = null;
        foreach (var node in origins)
        {
            if (!made[node].HasEffects)
                continue;
            if (last is not null)
                readiness.Add(node, last);
            last = node;
        }

        var groups = new List<StepGroup>();
        var arranged = new List<PlanNode>();
        var ready = new PriorityQueue<PlanNode, int>();
        var sequential = new PriorityQueue<PlanNode, int>();
        foreach (var node in order.Where(readiness.IsReady))
            Enqueue(node);
        while (true)
        {
            if (ready.TryDequeue(out var next, out _))
            {
                if (made.ContainsKey(next))
                    arranged.Add(next);
                foreach (var user in readiness.Done(next))
                    Enqueue(user);
                continue;
            }
            // Nothing else is left to do: all that is ready by now is a group.
            var first = arranged.Count;
            while (sequential.TryDequeue(out var member, out _))
                arranged.Add(member);
            if (arranged.Count == first)
                break;
            if (arranged.Count > first + 1)
                groups.Add(new StepGroup(first, arranged.Count));
            foreach (var member in arranged[first..])
            {
                foreach (var user in readiness.Done(member))
                    Enqueue(user);
            }
        }
        if (groups.Count == 0)
            return groups;
        origins.Clear();
        origins.AddRange(arranged);
        steps.Clear();
        steps.AddRange(arranged.Select(n => made[n]));
        return groups;

        void Enqueue(PlanNode node) => (made.TryGetValue(node, out var step) && step.Kernel.IsSequential ? sequential : ready).Enqueue(node, positions[node]);
    }
}
