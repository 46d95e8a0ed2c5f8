using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Engine.Conformance.Running;
using Engine.Conformance.Work;

namespace Engine.Conformance.Commands;

/// <summary>
/// Reads the checkpoints of some folders, whole and damaged, and compares with what TensorFlow answers: <c>expected.cases.gz</c>, <c>meta.cases.gz</c>,
/// <c>states.jsonl</c> and <c>corrupt.tsv</c> in each. Ends with "N passed, N failed".
/// </summary>
internal sealed class CheckpointsCommand : Command
{
    private readonly Argument<DirectoryInfo[]> folders = new("folder") { Description = "Folders of checkpoints", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> filter = new("--filter") { Description = "Only cases whose name contains this text", DefaultValueFactory = _ => "" };
    private readonly Option<FileInfo?> report = new("--report") { Description = "Writes a line per failed case: name, kind, op, absolute error, relative error, message" };
    private readonly Option<int> threads = new("--threads") { Description = "Worker processes", DefaultValueFactory = _ => 2 };
    private readonly Option<int> limit = new("--limit") { Description = "Seconds that a case may take", DefaultValueFactory = _ => 10 };

    internal CheckpointsCommand()
        : base("checkpoints", "Reads checkpoints, meta graphs, state files and damaged checkpoints.")
    {
        Arguments.Add(folders);
        Options.Add(filter);
        Options.Add(report);
        Options.Add(threads);
        Options.Add(limit);
        SetAction(Run);
    }

    private int Run(ParseResult arguments)
    {
        IReadOnlyList<Result> results;
        try
        {
            var wanted = arguments.GetRequiredValue(filter);
            var jobs = arguments.GetRequiredValue(folders).SelectMany(f => CheckpointJobs.Of(f.FullName)).Where(j => j.Case.Name.Contains(wanted, StringComparison.Ordinal)).ToList();
            if (jobs.Count == 0)
                throw new InvalidDataException("There is nothing to run.");
            results = new WorkerPool(Math.Max(1, arguments.GetRequiredValue(threads)), SessionChoice.Of(1, ""), TimeSpan.FromSeconds(Math.Max(1, arguments.GetRequiredValue(limit)))).Run(jobs);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or JsonException)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }
        if (arguments.GetValue(report) is { } file)
            FailureReport.Write(file.FullName, results);
        FailureReport.Print(Console.Out, results);
        var failed = results.Count(r => !r.Passed);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{results.Count - failed} passed, {failed} failed"));
        return failed == 0 ? 0 : 1;
    }
}
