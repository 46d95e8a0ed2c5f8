using Engine.Graphs;

namespace Engine.Io.MetaGraphs;

/// <summary>Takes the nodes of all savers but one out of a graph that is exported.</summary>
internal static class OtherSavers
{
    internal static GraphDef Remove(Graph graph, GraphDef def, SaverDef? keep)
    {
        var kept = keep is null ? null : Scope(keep);
        var scopes = graph.Collections.Get<SaverDef>(GraphKeys.Savers).Select(Scope).Where(s => s != kept && s.Length > 0).ToHashSet();
        // The savers of a graph that never joined the collection are known by their names.
        foreach (var node in graph.Nodes)
        {
            if (node.Op is "RestoreV2" or "RestoreSlice" && node.Name.LastIndexOf('/') is var slash and > 0 && graph.Find(node.Name[..slash] + "/restore_all") is not null
                && node.Name[..slash] is var scope && scope != kept)
                scopes.Add(scope);
        }
        bool IsOther(string name) => scopes.Any(s => name.StartsWith(s + "/", StringComparison.Ordinal));
        return new()
        {
            Nodes = [.. def.Nodes.Where(n => !IsOther(n.Name))],
            Functions = def.Functions,
            Gradients = def.Gradients,
            RegisteredGradients = def.RegisteredGradients,
            Versions = def.Versions,
        };
    }

    private static string Scope(SaverDef saver) => saver.RestoreOpName.LastIndexOf('/') is var slash and > 0 ? saver.RestoreOpName[..slash] : "";
}
