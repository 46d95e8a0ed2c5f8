using System.Text.RegularExpressions;
using Engine.Io;

namespace Engine.Cli.Checkpoints;

/// <summary>Finds the checkpoint that is meant where one of its files, or the folder that holds it, is given.</summary>
internal static partial class CheckpointPrefix
{
    /// <summary>The prefix, with a hint when it is another text than was given.</summary>
    internal static string Of(string given, TextWriter hints)
    {
        var prefix = Find(given);
        if (prefix != given)
            hints.WriteLine($"Reading the checkpoint {prefix}: that is the prefix of its files.");
        return prefix;
    }

    private static string Find(string given)
    {
        if (FileOfBundle().Match(given) is { Success: true } match && File.Exists(match.Groups[1].Value + ".index"))
            return match.Groups[1].Value;
        if (Directory.Exists(given) && CheckpointState.LatestCheckpoint(given) is { } latest)
            return latest;
        return given;
    }

    [GeneratedRegex(@"\A(.+)\.(?:index|meta|data-\d{5}-of-\d{5})\z")]
    private static partial Regex FileOfBundle();
}
