using System.CommandLine;
using Engine.Checkpoints;

var folder = new Argument<DirectoryInfo>("folder") { Description = "Where checkpoints are written; 3 GB must fit" };
var python = new Option<string?>("--tensorflow") { Description = "A Python with TensorFlow, to run beside" };
var threads = new Option<int>("--threads") { Description = "Threads of each", DefaultValueFactory = _ => Environment.ProcessorCount };
var rounds = new Option<int>("--rounds") { Description = "Calls of each, of which the best counts; one more goes before them", DefaultValueFactory = _ => 5 };
var only = new Option<string[]>("--only") { Description = "large, many or memory", AllowMultipleArgumentsPerToken = true };
var compare = new RootCommand("Saves, restores and opens checkpoints, beside TensorFlow: 1 GB in 200 tensors, and 50,000 tensors of 8 floats.") { folder, python, threads, rounds, only };
compare.SetAction(arguments => Comparison.Run(arguments.GetRequiredValue(folder).FullName, arguments.GetValue(python), arguments.GetRequiredValue(threads),
    arguments.GetRequiredValue(rounds), arguments.GetValue(only) ?? []));

var prefix = new Argument<string?>("prefix") { Arity = ArgumentArity.ZeroOrOne };
var memory = new Command("peak", "Prints the peak of a process that opens a checkpoint and reads a small tensor; of one that does nothing without a checkpoint.") { prefix };
memory.SetAction(arguments => PeakMemory.Print(arguments.GetValue(prefix)));
compare.Subcommands.Add(memory);
return compare.Parse(args).Invoke();
