using System.Diagnostics;

namespace Engine.Guide.Tests;

/// <summary>Runs the commands of a page as its reader would.</summary>
internal static class Shell
{
    /// <summary>Runs <c>engine …</c> in a folder, and fails unless it succeeds.</summary>
    internal static void Run(string folder, string command)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Engine.Cli.dll"));
        foreach (var argument in Split(command).Skip(1))
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{command}\nended with {process.ExitCode}:\n{output}\n{errors.Result}");
    }

    // Blanks separate, quotes hold together.
    private static List<string> Split(string command)
    {
        var words = new List<string> { "" };
        var quote = '\0';
        foreach (var c in command)
        {
            if (c == quote)
                quote = '\0';
            else if (quote == '\0' && c is '\'' or '"')
                quote = c;
            else if (quote == '\0' && c == ' ')
                words.Add("");
            else
                words[^1] += c;
        }
        return [.. words.Where(w => w.Length > 0)];
    }
}
