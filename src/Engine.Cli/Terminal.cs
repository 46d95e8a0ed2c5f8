using System.Text;

namespace Engine.Cli;

/// <summary>Where a command reads and writes.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">Errors, warnings and progress.</param>
/// <param name="In">Commands of the step-through view.</param>
internal sealed record Terminal(TextWriter Out, TextWriter Error, TextReader In)
{
    /// <summary>Whether a person sees what goes to <see cref="Error"/>.</summary>
    internal bool IsWatched { get; init; }

    /// <summary>The process's own streams. Text is UTF-8 without mark, lines end with a line feed on every system: output is the same everywhere.</summary>
    internal static Terminal OfProcess()
    {
        var utf8 = new UTF8Encoding(false);
        return new(new StreamWriter(Console.OpenStandardOutput(), utf8, 1 << 14) { NewLine = "\n" },
            new StreamWriter(Console.OpenStandardError(), utf8) { NewLine = "\n", AutoFlush = true },
            // Console.In would prepare the terminal for keys, with a thread for signals.
            new StreamReader(Console.OpenStandardInput()))
        {
            IsWatched = !Console.IsErrorRedirected && !Console.IsOutputRedirected,
        };
    }
}
