namespace Engine.Cli.Flags;

/// <summary>A command line that is not understood.</summary>
internal sealed class UsageException(int exitCode, string message) : Exception(message)
{
    /// <summary>The exit code of the process.</summary>
    internal int ExitCode { get; } = exitCode;
}
