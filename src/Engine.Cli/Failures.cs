using Engine.Io.Python;

namespace Engine.Cli;

/// <summary>What a command says when it fails.</summary>
internal static class Failures
{
    /// <summary>Runs a command; the exit code is 1 when it fails, and the reason goes to the terminal's error stream.</summary>
    internal static int Report(Terminal terminal, Action command)
    {
        try
        {
            command();
            return 0;
        }
        catch (PythonException e)
        {
            terminal.Error.WriteLine(e.Message);
        }
        catch (EngineException e)
        {
            terminal.Error.WriteLine($"{e.Code}: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine($"OSError: {e.Message}");
        }
        return 1;
    }
}
