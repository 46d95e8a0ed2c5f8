using System.CommandLine;
using Engine.Conformance.Commands;
using Engine.Conformance.Running;
using Engine.Conformance.Work;

var root = new RootCommand("Runs golden cases and compares with what TensorFlow answers.")
{
    new SuiteCommand("cases", "Runs each case's graph.", Mode.Cases),
    new SuiteCommand("gradients", "Builds and runs the gradients of the cases that have any.", Mode.Gradients),
    new SuiteCommand("models", "Runs the models beside each file by signature.", Mode.Models),
    new CheckpointsCommand(),
    new TranscriptsCommand(),
    new KnownCommand(),
    new WorkerCommand(),
};
// The runtime reports an exception in full.
return root.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
