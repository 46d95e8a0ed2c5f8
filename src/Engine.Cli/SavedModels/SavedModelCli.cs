using Engine.Cli.Flags;
using Engine.Io;

namespace Engine.Cli.SavedModels;

/// <summary><c>engine saved_model_cli ARGS</c>: answers as TensorFlow 2.15.1's saved_model_cli does, exit codes included.</summary>
internal static class SavedModelCli
{
    private const string Program = "saved_model_cli";

    internal static int Run(IReadOnlyList<string> arguments, Terminal terminal)
    {
        try
        {
            return Run(StrictFlags.Read(SavedModelFlags.All, arguments), arguments, terminal);
        }
        catch (UsageException e)
        {
            terminal.Error.WriteLine(e.Message);
            return e.ExitCode;
        }
    }

    private static int Run(FlagValues flags, IReadOnlyList<string> arguments, Terminal terminal)
    {
        if (flags.Has("help") || flags.Has("helpshort") || flags.Has("helpfull") || flags.Has("helpxml") || flags.Has("?"))
        {
            FlagHelp.Print(terminal.Out, "Looks into SavedModels and runs them.", SavedModelFlags.Own);
            return 1;
        }
        if (flags.Has("only_check_args") || flags.Has("only_check_flags"))
            return 0;
        if (flags.Words.Count == 0)
            throw new UsageException(2, $"{Program}: error: Too few arguments.");
        var command = flags.Words[0];
        if (!SavedModelFlags.Required.TryGetValue(command, out var required))
            throw new UsageException(1, $"KeyError: '{command}'");
        if (VersionComesFirst(arguments, command))
        {
            terminal.Out.WriteLine("0.1.0");
            return 0;
        }
        var isConversion = command == "convert" && flags.Words.Count > 1;
        if (isConversion && flags.Words[1] != "tensorrt")
            throw new UsageException(2, $"{Program} convert: error: argument {{tensorrt}}: invalid choice: '{flags.Words[1]}' (choose from 'tensorrt')");
        StrictFlags.Check(SavedModelFlags.All, arguments, $"{Program} {command}", isConversion ? 2 : 1);
        foreach (var name in required)
        {
            if (flags[name] is null)
                throw new UsageException(2, $"{Program} {command}: error: flag --{name}=None: Flag --{name} must have a value other than None.");
        }
        var tool = new SavedModelTool(terminal);
        return Failures.Report(terminal, () =>
        {
            switch (command)
            {
                case "show":
                    tool.Show(flags);
                    break;
                case "run":
                    tool.Run(flags);
                    break;
                case "scan":
                    tool.Scan(flags);
                    break;
                case "convert" when !isConversion:
                    throw EngineException.InvalidArgument("convert needs a method: tensorrt.");
                case "convert":
                    throw EngineException.Unimplemented("TensorRT is not part of this tool.");
                case "freeze_model":
                    throw EngineException.Unimplemented("freeze_model prepares TensorFlow's own compiler, which is not part of this tool; engine freeze writes a frozen graph.");
                default:
                    throw EngineException.Unimplemented("TensorFlow's ahead-of-time compiler is not part of this tool.");
            }
        });
    }

    // Before the command, -v is the old flag for the tool's version; the first parser takes a number for it.
    private static bool VersionComesFirst(IReadOnlyList<string> arguments, string command) => arguments.TakeWhile(a => a != command).Any(a => a == "-v" || a.StartsWith("-v=", StringComparison.Ordinal));
}
