namespace Engine.Runtime;

/// <summary>How a session runs.</summary>
public sealed record SessionOptions
{
    /// <summary>Threads for the work inside kernels; all cores by default.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// Processors on which the session's threads stay: thread i of the team on the one at i, from the start again if there are fewer; thread 0 is
    /// the caller of a run, who is not moved. A thread whose processor the process may not use runs where the system puts it, as all do by default. Linux and
    /// Windows only.
    /// </summary>
    public IReadOnlyList<int> Processors { get; init; } = [];

    /// <summary>How long a run may take; no limit by default. A run that takes longer ends in DEADLINE_EXCEEDED.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Names of <see cref="PlanPasses"/> that do not run, to see what they do, or to look for a fault.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when there is no such pass.</exception>
    public IReadOnlyCollection<string> DisabledPasses
    {
        get;
        init => field = value.FirstOrDefault(p => !PlanPasses.All.Contains(p)) is { } unknown
            ? throw EngineException.InvalidArgument($"There is no pass '{unknown}'. There are: {string.Join(", ", PlanPasses.All)}.")
            : value;
    } = [];

    /// <summary>
    /// Whether variables that are restored stay in the checkpoint's mapped file until they are assigned, instead of being copied: loading is faster, and weights
    /// that plans have packed take no memory. Then the file must not be overwritten or cut while the session lives, which would change variables or end the process;
    /// replacing it, as savers do, is safe. Windows does not delete or replace a mapped file.
    /// </summary>
    public bool MapsVariables { get; init; }

    /// <summary>How many plans (sets of feeds and fetches) are kept.</summary>
    public int PlanCacheSize { get; init; } = 256;

    /// <summary>Seed for random ops without any seed; random by default, as in TensorFlow.</summary>
    public long? RandomSeed { get; init; }
}
