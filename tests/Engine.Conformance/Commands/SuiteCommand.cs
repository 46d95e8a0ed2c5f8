using System.CommandLine;
using System.Globalization;
using Engine.Conformance.Running;
using Engine.Conformance.Work;

namespace Engine.Conformance.Commands;

/// <summary>Runs the cases of some files in one mode, prints what failed, and ends with "N passed, N failed".</summary>
internal sealed class SuiteCommand : Command
{
    private readonly Argument<FileInfo[]> files = new("file") { Description = "*.cases.gz files", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> filter = new("--filter") { Description = "Only cases whose name contains this text", DefaultValueFactory = _ => "" };
    private readonly Option<FileInfo?> report = new("--report") { Description = "Writes a line per failed case: name, kind, op, absolute error, relative error, message" };
    private readonly Option<FileInfo?> known = new("--known") { Description = "Cases that are known to fail (name, tab, reason): others must pass, these must fail" };
    private readonly Option<int> threads = new("--threads") { Description = "Worker processes", DefaultValueFactory = _ => 2 };
    private readonly Option<int> limit = new("--limit") { Description = "Seconds that a case may take", DefaultValueFactory = _ => 10 };
    private readonly Option<int> kernelThreads = new("--kernel-threads") { Description = "Threads inside kernels", DefaultValueFactory = _ => 1 };
    private readonly Option<string> disabledPasses = new("--disable-passes") { Description = "Passes over plans that do not run, separated by commas; 'all' for all", DefaultValueFactory = _ => "" };
    private readonly Mode mode;

    internal SuiteCommand(string name, string description, Mode mode)
        : base(name, description)
    {
        this.mode = mode;
        Arguments.Add(files);
        Options.Add(filter);
        Options.Add(report);
        Options.Add(known);
        Options.Add(threads);
        Options.Add(limit);
        Options.Add(kernelThreads);
        Options.Add(disabledPasses);
        SetAction(Run);
    }

    private int Run(ParseResult arguments)
    {
        Console.WriteLine(VectorWidths.Describe());
        var suite = new Suite(mode)
        {
            Filter = arguments.GetRequiredValue(filter),
            Threads = Math.Max(1, arguments.GetRequiredValue(threads)),
            Limit = TimeSpan.FromSeconds(Math.Max(1, arguments.GetRequiredValue(limit))),
            Session = SessionChoice.Of(arguments.GetRequiredValue(kernelThreads), arguments.GetRequiredValue(disabledPasses)),
        };
        IReadOnlyList<Result> results;
        KnownFailures? listed;
        try
        {
            listed = arguments.GetValue(known) is { } list ? KnownFailures.Read(list.FullName) : null;
            results = suite.Run([.. arguments.GetRequiredValue(files).Select(f => f.FullName)]);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }
        if (arguments.GetValue(report) is { } file)
            FailureReport.Write(file.FullName, results);
        FailureReport.Print(Console.Out, results);

        var failed = results.Count(r => !r.Passed);
        var exit = failed == 0 ? 0 : 1;
        if (listed is not null)
        {
            var difference = listed.Compare(mode, results);
            foreach (var line in difference)
                Console.WriteLine(line);
            exit = difference.Count == 0 ? 0 : 1;
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{results.Count - failed} passed, {failed} failed"));
        return exit;
    }
}
