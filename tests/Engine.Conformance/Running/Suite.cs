using Engine.Conformance.Work;
using Engine.Runtime;

namespace Engine.Conformance.Running;

/// <summary>All cases of some files, in one mode.</summary>
internal sealed class Suite(Mode mode)
{
    /// <summary>Only cases whose name contains this.</summary>
    internal string Filter { get; init; } = "";

    /// <summary>Worker processes.</summary>
    internal int Threads { get; init; } = 2;

    /// <summary>Threads inside a worker's kernels.</summary>
    internal SessionOptions Session { get; init; } = new() { Threads = 1 };

    /// <summary>How long a case may take.</summary>
    internal TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Runs them; the results come in the files' order.</summary>
    internal IReadOnlyList<Result> Run(params IReadOnlyList<string> files)
        => new WorkerPool(Threads, Session, Limit).Run(files.SelectMany(Jobs));

    private IEnumerable<Job> Jobs(string file)
    {
        foreach (var c in CaseFile.Read(file))
        {
            if (!c.Name.Contains(Filter, StringComparison.Ordinal) || (mode == Mode.Gradients && c.Gradients.Count == 0))
                continue;
            yield return new Job { Mode = mode, Case = c, Folder = mode == Mode.Models ? Path.GetDirectoryName(Path.GetFullPath(file)) : "" };
        }
    }
}
