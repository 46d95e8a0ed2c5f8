using System.CommandLine;
using Engine.Conformance.Running;
using Engine.Conformance.Work;

namespace Engine.Conformance.Commands;

/// <summary>Brings a folder's list of known failures up to date.</summary>
internal sealed class KnownCommand : Command
{
    internal KnownCommand()
        : base("known", "Runs all cases of a folder and lists those that fail in its known.tsv; who failed before keeps the reason.")
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = "Has *.cases.gz files" };
        var threads = new Option<int>("--threads") { Description = "Worker processes", DefaultValueFactory = _ => 2 };
        Arguments.Add(folder);
        Options.Add(threads);
        SetAction(arguments => Run(new GoldenFolder(arguments.GetRequiredValue(folder).FullName), Math.Max(1, arguments.GetRequiredValue(threads))));
    }

    private static int Run(GoldenFolder folder, int threads)
    {
        var known = File.Exists(folder.KnownFile) ? KnownFailures.Read(folder.KnownFile) : new();
        foreach (var mode in (Mode[])[Mode.Cases, Mode.Gradients])
            Update(mode, [.. folder.Families.Select(folder.CaseFileOf)]);
        if (folder.ModelFile is { } models)
            Update(Mode.Models, [models]);
        known.Write(folder.KnownFile);
        return 0;

        void Update(Mode mode, IReadOnlyList<string> files)
        {
            var results = new Suite(mode) { Threads = threads, Limit = GoldenFolder.Limit }.Run(files);
            known.Update(mode, results);
            Console.WriteLine($"{mode}: {results.Count(r => r.Passed)} passed, {results.Count(r => !r.Passed)} failed");
        }
    }
}
