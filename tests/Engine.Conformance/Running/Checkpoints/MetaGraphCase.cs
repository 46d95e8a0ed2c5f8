using Engine.Io;
using Engine.Runtime;

namespace Engine.Conformance.Running;

/// <summary>Imports <c>prefix.meta</c>, restores the checkpoint of the same prefix, and runs.</summary>
internal sealed class MetaGraphCase(Golden.Case @case, string folder, SessionOptions options)
{
    /// <exception cref="CaseFailedException">It ends otherwise than in TensorFlow.</exception>
    internal void Run()
    {
        using var files = new CaseFolder([]);
        var prefix = Path.Combine(folder, @case.Name);
        using var graph = MetaGraph.Load(prefix + ".meta", prefix, options);
        for (var i = 0; i < @case.Runs.Count; i++)
        {
            var run = @case.Runs[i];
            new RunCheck($"run {i}", run, files).Run(feeds => graph.Session.Run(feeds, [.. run.Fetches.Select(f => f.Name)], run.Targets));
        }
    }
}
