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

    /// <summary>Slots whose last reader this step is.</summary>
    internal int[] Frees { get; set; } = [];

    /// <summary>For each input: whether this step is the slot's last reader and reads it once, so that the memory may be written in place.</summary>
    internal bool[] MayForward { get; set; } = [];

    /// <summary>The same step with slots of its own, for an executor that gives each step a context of its own; made when first needed.</summary>
    internal Step? Local { get; set; }
}
