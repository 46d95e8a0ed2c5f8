using System.CommandLine;
using Engine.Conformance.Running;

namespace Engine.Conformance.Commands;

/// <summary>The child process that runs cases for <see cref="WorkerPool"/>.</summary>
internal sealed class WorkerCommand : Command
{
    internal WorkerCommand()
        : base("worker", "Runs cases for another process.")
    {
        Hidden = true;
        var pipe = new Argument<string>("pipe");
        var kernelThreads = new Argument<int>("kernel-threads");
        Arguments.Add(pipe);
        var passes = new Argument<string>("disabled-passes");
        Arguments.Add(kernelThreads);
        Arguments.Add(passes);
        SetAction(arguments => WorkerHost.Run(arguments.GetRequiredValue(pipe), SessionChoice.Of(arguments.GetRequiredValue(kernelThreads), arguments.GetRequiredValue(passes))));
    }
}
