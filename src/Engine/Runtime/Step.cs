using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Runtime;

/// <summary>One node of a plan: its kernel, the slots it reads and writes, and the slots that nobody reads after it.</summary>
internal sealed class Step
{
    internal required Node Node { get; init; }

    internal required Kernel Kernel { get; init; }

    internal required int[] Inputs { get; init; }

    internal required int[] Outputs { get; init; }

    internal required DType[] OutputTypes { get; init; }

    /// <summary>Whether it reads or changes more than its inputs and outputs, so that it keeps its place among others that do.</summary>
    internal bool HasEffects => !Kernel.IsSequential && (PlanNode.IsStatefulNode(Node) || Node.InputTypes.Contains(DType.Resource));

    /// <summary>Slots that are free after this step: it, or one of the group that it ends, is the last to read them.</summary>
    internal int[] Frees { get; set; } = [];

    /// <summary>For each input: whether this step is the slot's last reader and reads it once, and no other step of its group does, so that the memory may be written in place.</summary>
    internal bool[] MayForward { get; set; } = [];

    /// <summary>The same step with slots of its own, for an executor that gives each step a context of its own; made when first needed.</summary>
    internal Step? Local { get; set; }
}
