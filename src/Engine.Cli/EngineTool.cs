using System.CommandLine;
using Engine.Cli.Checkpoints;
using Engine.Cli.Commands;
using Engine.Cli.SavedModels;

namespace Engine.Cli;

/// <summary>The <c>engine</c> tool.</summary>
internal static class EngineTool
{
    /// <summary>Runs a command line.</summary>
    /// <returns>The exit code.</returns>
    internal static int Run(IReadOnlyList<string> arguments, Terminal terminal)
    {
        // These read their command lines themselves, as TensorFlow's tools do.
        switch (arguments.Count > 0 ? arguments[0] : "")
        {
            case "saved_model_cli":
                return SavedModelCli.Run([.. arguments.Skip(1)], terminal);
            case "inspect_checkpoint":
                return InspectCheckpoint.Run([.. arguments.Skip(1)], terminal);
            case var command when ModelCommands.Descriptions.ContainsKey(command):
                return ModelCommands.Run(command, [.. arguments.Skip(1)], terminal);
        }
        var root = new RootCommand("Runs TensorFlow models without TensorFlow.")
        {
            BenchCommand.Create(),
            FreezeCommand.Create(terminal),
            ConvertCommand.Create(terminal),
            OpsCommand.Create(),
            VersionCommand.Create(),
        };
        // These are listed by --help only.
        foreach (var (name, description) in ModelCommands.Descriptions)
            root.Subcommands.Add(new Command(name, description));
        root.Subcommands.Add(new Command("saved_model_cli", "Answers as TensorFlow's tool of this name."));
        root.Subcommands.Add(new Command("inspect_checkpoint", "Answers as TensorFlow's tool of this name."));
        var exitCode = 0;
        var failed = Failures.Report(terminal, () => exitCode = root.Parse(arguments).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
        return failed != 0 ? failed : exitCode;
    }
}
