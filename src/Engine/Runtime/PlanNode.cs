using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Runtime;

/// <summary>A node while a plan is made: the graph's node with edges of its own, so that the loaded graph stays as it was.</summary>
internal sealed class PlanNode(Node node, int order)
{
    /// <summary>The graph's node, or one that a rule has put in its place.</summary>
    internal Node Node { get; set; } = node;

    /// <summary>Position in the order of execution among nodes that are ready.</summary>
    internal int Order { get; set; } = order;

    internal PlanValue[] Inputs { get; set; } = [];

    internal List<PlanNode> Controls { get; } = [];

    /// <summary>Outputs that are known already: fed, or folded to constants.</summary>
    internal Tensor?[]? Constants { get; set; }

    /// <summary>What is known of the outputs' shapes in this plan, when that was found out.</summary>
    internal PartialShape[]? Shapes { get; set; }

    /// <summary>The kernel, for nodes that a pass has made with one; else it is made from the node.</summary>
    internal Kernel? Kernel { get; set; }

    /// <summary>For a feed: its number; else -1.</summary>
    internal int Feed { get; init; } = -1;

    internal string Op => Node.Op;

    /// <summary>Whether running it twice, or not at all, makes a difference. Ops that change a variable through a reference are not declared stateful.</summary>
    internal bool IsStateful => IsStatefulNode(Node);

    internal static bool IsStatefulNode(Node node) => (node.Definition?.IsStateful ?? true) || node.InputTypes.Any(t => t.IsRef()) || node.OutputTypes.Any(t => t.IsRef());

    internal void AddControl(PlanNode before)
    {
        if (!ReferenceEquals(before, this) && !Controls.Contains(before))
            Controls.Add(before);
    }

    public override string ToString() => Node.Name;
}
