using Engine.Graphs;
using Engine.Io.Files;
using Engine.Io.Graphs;
using Engine.Io.SavedModels;
using Engine.Io.Saving;

namespace Engine.Io.MetaGraphs;

/// <summary>Adds the graph of a <c>MetaGraphDef</c> message, and its collections, to a graph.</summary>
internal static class MetaGraphImporter
{
    internal static Protos.MetaGraphDef Read(string path) => MessageFile.ParseBinaryOrText(Protos.MetaGraphDef.Parser, MessageFile.ReadBytes(path), path);

    /// <returns>The graph's own saver, else one of its variables; null when it has neither.</returns>
    internal static Saver? Import(Graph graph, Protos.MetaGraphDef proto, bool clearDevices, string? scope, IReadOnlyDictionary<string, Value>? inputMap, SaverOptions? options)
    {
        var actual = ImportGraph(graph, proto, clearDevices, scope, inputMap);
        if (proto.SaverDef is { } saver)
            return new Saver(graph, (options ?? new()) with { SaverDef = SaverDef.FromProto(saver).InScope(actual), Name = null });
        return SaveableList.All(graph).Count > 0 ? new Saver(graph, options) : null;
    }

    /// <summary>Adds nodes, functions and collections.</summary>
    /// <returns>The scope of the nodes, without a slash at the end: another than asked for when that is taken.</returns>
    internal static string ImportGraph(Graph graph, Protos.MetaGraphDef proto, bool clearDevices, string? scope, IReadOnlyDictionary<string, Value>? inputMap = null)
    {
        GraphValidation.Check(proto.GraphDef ?? new());
        UnboundInputs.Check(proto, inputMap);
        if (clearDevices)
        {
            proto = proto.Clone();
            foreach (var node in proto.GraphDef?.Node ?? [])
                node.Device = "";
        }
        var actual = "";
        using (string.IsNullOrEmpty(scope) ? null : graph.NameScope(scope))
        {
            if (!string.IsNullOrEmpty(scope))
                actual = graph.Scope[..^1];
            graph.Import(GraphImporter.Import(proto.GraphDef ?? new()), actual.Length == 0 ? null : actual + "/", inputMap);
        }
        ImportCollections(graph, proto, actual);
        return actual;
    }

    internal static void ImportCollections(Graph graph, Protos.MetaGraphDef proto, string scope = "")
    {
        foreach (var (key, collection) in proto.CollectionDef.Where(c => c.Key != UnboundInputs.Key).OrderBy(c => c.Key, StringComparer.Ordinal))
            CollectionCodec.Import(graph, key, collection, scope);
    }
}
