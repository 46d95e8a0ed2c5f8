using Engine.Cli.Checkpoints;
using Engine.Cli.Demo;
using Engine.Cli.Flags;
using Engine.Cli.SavedModels;

namespace Engine.Cli.Commands;

/// <summary><c>engine show</c>, <c>run</c>, <c>scan</c> and <c>inspect</c>: what TensorFlow's tools print, with command lines as people write them.</summary>
internal static class ModelCommands
{
    private static readonly Flag Help = new("help", FlagKind.Switch, "false", "Shows this.");
    private static readonly Flag Version = new("version", FlagKind.Switch, "false", "Shows the version.");
    private static readonly Flag Threads = new("threads", FlagKind.Integer, null, "Threads for the work inside ops; all cores if not given.");

    /// <summary>The commands and what they do.</summary>
    internal static IReadOnlyDictionary<string, string> Descriptions { get; } = new Dictionary<string, string>
    {
        ["show"] = "Shows the graphs and signatures of a SavedModel.",
        ["run"] = "Runs a signature of a SavedModel; without --dir, an embedded model that reads digits.",
        ["scan"] = "Looks for op types in a SavedModel.",
        ["inspect"] = "Lists and prints the tensors of a checkpoint.",
    };

    /// <summary>Runs a command.</summary>
    /// <returns>The exit code: 2 for a command line that is not understood, 1 for what fails.</returns>
    internal static int Run(string command, IReadOnlyList<string> arguments, Terminal terminal)
    {
        try
        {
            if (command == "inspect")
                return InspectCheckpoint.Run(WithPrefix(arguments, terminal), terminal);
            var known = FlagsOf(command);
            var flags = LenientFlags.Read(known, arguments);
            if (flags.Has("help") || flags.Words.Contains("-h"))
            {
                FlagHelp.Print(terminal.Out, Descriptions[command], known);
                return 0;
            }
            if (flags.Has("version"))
            {
                terminal.Out.WriteLine(VersionCommand.Text);
                return 0;
            }
            // The folder may stand without its flag.
            if (flags["dir"] is null && flags.Words is [var folder])
                flags["dir"] = folder;
            else if (flags.Words.Count > 0)
                throw new UsageException(2, $"'{flags.Words[0]}' is not understood; see engine {command} --help.");
            if (flags["dir"] is null)
                return command == "run" ? DigitsDemo.Run() : throw new UsageException(2, "--dir is needed: the folder of the SavedModel.");
            return Failures.Report(terminal, () => Run(command, flags, terminal));
        }
        catch (UsageException e)
        {
            terminal.Error.WriteLine(e.Message);
            return e.ExitCode;
        }
    }

    private static void Run(string command, FlagValues flags, Terminal terminal)
    {
        int? threads = flags["threads"] is { } text ? int.TryParse(text, out var count) && count > 0 ? count : throw EngineException.InvalidArgument($"--threads must be 1 or more, not {text}.") : null;
        var tool = new SavedModelTool(terminal) { IsLenient = true, Threads = threads };
        switch (command)
        {
            case "show":
                tool.Show(flags);
                break;
            case "scan":
                tool.Scan(flags);
                break;
            default:
                tool.Run(flags);
                break;
        }
    }

    private static List<Flag> FlagsOf(string command)
    {
        string[] names = command switch
        {
            "show" => ["dir", "all", "tag_set", "signature_def", "list_ops"],
            "scan" => ["dir", "tag_set", "op_denylist"],
            _ => ["dir", "tag_set", "signature_def", "inputs", "input_exprs", "input_examples", "outdir", "overwrite", "tf_debug", "worker", "init_tpu", "use_tfrt"],
        };
        return [.. SavedModelFlags.Own.Where(f => names.Contains(f.Name)), .. command == "run" ? [Threads] : (Flag[])[], Help, Version];
    }

    // A file of a checkpoint is what people give most when its prefix is meant.
    private static List<string> WithPrefix(IReadOnlyList<string> arguments, Terminal terminal) => [.. arguments.Select((a, i) =>
    {
        var isValue = i > 0 && arguments[i - 1].StartsWith("--file", StringComparison.Ordinal) && !arguments[i - 1].Contains('=');
        if (i == 0 && !a.StartsWith('-'))
            return "--file_name=" + CheckpointPrefix.Of(a, terminal.Error);
        if (isValue)
            return CheckpointPrefix.Of(a, terminal.Error);
        return a.StartsWith("--file_name=", StringComparison.Ordinal) ? "--file_name=" + CheckpointPrefix.Of(a["--file_name=".Length..], terminal.Error) : a;
    })];
}
