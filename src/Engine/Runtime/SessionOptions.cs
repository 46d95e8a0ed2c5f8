namespace Engine.Runtime;

/// <summary>How a session runs.</summary>
public sealed record SessionOptions
{
    /// <summary>Threads for the work inside kernels; all cores by default.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>How long a run may take; no limit by default. A run that takes longer ends in DEADLINE_EXCEEDED.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether constant parts of a graph are computed when a plan is made.</summary>
    public bool FoldConstants { get; init; } = true;

    /// <summary>Whether equal nodes are computed once.</summary>
    public bool MergeCommonSubexpressions { get; init; } = true;

    /// <summary>Whether function calls are replaced by the function's nodes.</summary>
    public bool InlineFunctions { get; init; } = true;

    /// <summary>Whether loops of TensorFlow 1 (Enter, Switch, Merge, …) become structured ones where they can.</summary>
    public bool StructureControlFlow { get; init; } = true;

    /// <summary>How many plans (sets of feeds and fetches) are kept.</summary>
    public int PlanCacheSize { get; init; } = 256;

    /// <summary>Seed for random ops without any seed; random by default, as in TensorFlow.</summary>
    public long? RandomSeed { get; init; }
}
