namespace Engine.Runtime;

/// <summary>Counts what each node of a plan still waits for, while an order is found; back edges of loops are not waited for.</summary>
internal sealed class Readiness
{
    private readonly Dictionary<PlanNode, int> pending;
    private readonly Dictionary<PlanNode, List<PlanNode>> users;

    internal Readiness(List<PlanNode> nodes)
    {
        pending = new(nodes.Count);
        users = new(nodes.Count);
        foreach (var node in nodes)
        {
            pending[node] = 0;
            if (node.Constants is null)
            {
                foreach (var input in node.Inputs)
                    Add(node, input.Node);
            }
            foreach (var control in node.Controls)
                Add(node, control);
        }
    }

    /// <summary>Lets a node wait for another one.</summary>
    internal void Add(PlanNode node, PlanNode source)
    {
        if (ControlFlow.IsNextIteration(source.Op))
            return;
        pending[node]++;
        if (!users.TryGetValue(source, out var list))
            users[source] = list = [];
        list.Add(node);
    }

    /// <summary>Whether a node waits for nothing.</summary>
    internal bool IsReady(PlanNode node) => pending[node] == 0;

    /// <summary>The nodes that have waited for nothing but this one, which is done now.</summary>
    internal IEnumerable<PlanNode> Done(PlanNode node)
    {
        if (!users.TryGetValue(node, out var list))
            yield break;
        foreach (var user in list)
        {
            if (--pending[user] == 0)
                yield return user;
        }
    }
}
