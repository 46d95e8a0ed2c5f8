using Engine.Graphs;
using Engine.Runtime;

namespace Engine.Conformance.Running;

/// <summary>Runs <c>Case.runs</c> in order, in one session on the case's own graph.</summary>
internal sealed class GraphCase(Golden.Case @case, SessionOptions options)
{
    /// <exception cref="CaseFailedException">It ends otherwise than in TensorFlow.</exception>
    internal void Run()
    {
        using var folder = new CaseFolder(@case.Files);
        if (Load(folder) is not { } graph)
            return;
        using var session = new Session(graph, options);
        for (var i = 0; i < @case.Runs.Count; i++)
        {
            var run = @case.Runs[i];
            new RunCheck($"run {i}", run, folder).Run(feeds => session.Run(feeds, [.. run.Fetches.Select(f => f.Name)], run.Targets));
        }
    }

    // Null when the graph is refused as it should be.
    private Graph? Load(CaseFolder folder)
    {
        GraphDef? def = null;
        try
        {
            def = GraphLoader.Decode(@case.Graph.Memory, folder);
            CheckOps(def);
            return Graph.FromDef(def);
        }
        catch (EngineException e)
        {
            if (def is null)
                CheckOps(null);
            foreach (var run in @case.Runs)
            {
                if (run.Error != (int)e.Code)
                    throw CaseFailedException.WrongError("loading", e, run.Error, run.Message);
            }
            return null;
        }
    }

    private void CheckOps(GraphDef? def)
    {
        var missing = GraphLoader.Missing(@case.Ops, def);
        // An op that TensorFlow has removed is refused by name.
        if (missing.Count > 0 && !@case.Runs.All(r => r.Error == (int)StatusCode.Unimplemented))
            throw CaseFailedException.MissingOps(missing);
    }
}
