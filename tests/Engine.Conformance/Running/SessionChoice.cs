using Engine.Runtime;

namespace Engine.Conformance.Running;

/// <summary>How the cases' sessions run, as the command line says it.</summary>
internal static class SessionChoice
{
    /// <param name="threads">Threads inside kernels.</param>
    /// <param name="disabledPasses">Passes that do not run, separated by commas; <c>all</c> for all.</param>
    internal static SessionOptions Of(int threads, string disabledPasses) => new()
    {
        Threads = Math.Max(1, threads),
        DisabledPasses = disabledPasses == "all" ? PlanPasses.All : disabledPasses.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
    };
}
