using System.CommandLine;
using Engine;
using Engine.Cli.Commands;

var root = new RootCommand("Runs TensorFlow models without TensorFlow.")
{
    RunCommand.Create(),
    ShowCommand.Create(),
    BenchCommand.Create(),
    OpsCommand.Create(),
    VersionCommand.Create(),
};
try
{
    return root.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (EngineException e)
{
    Console.Error.WriteLine($"{e.Code}: {e.Message}");
    return 1;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
