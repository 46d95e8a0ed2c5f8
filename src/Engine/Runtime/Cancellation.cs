namespace Engine.Runtime;

/// <summary>Ends runs that were cancelled.</summary>
internal static class Cancellation
{
    /// <exception cref="EngineException">CANCELLED.</exception>
    internal static void Check(RunContext run)
    {
        if (run.Cancellation.IsCancellationRequested)
            throw EngineException.Cancelled("The run was cancelled.");
    }
}
