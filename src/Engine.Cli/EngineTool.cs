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
        }
        var root = new RootCommand("Runs TensorFlow models without TensorFlow.")
        {
            RunCommand.Create(),
            ShowCommand.Create(),
            BenchCommand.Create(),
            OpsCommand.Create(),
            VersionCommand.Create(),
        };
        var exitCode = 0;
        var failed = Failures.Report(terminal, () => exitCode = root.Parse(arguments).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
        return failed != 0 ? failed : exitCode;
    }
}
