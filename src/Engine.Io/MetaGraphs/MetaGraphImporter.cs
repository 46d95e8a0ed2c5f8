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
    internal static Saver? Import(Graph graph, Protos.MetaGraphDef proto, bool clearDevices, string scope, SaverOptions? options)
    {
        ImportGraph(graph, proto, clearDevices, scope);
        if (proto.SaverDef is { } saver)
            return new Saver(graph, (options ?? new()) with { SaverDef = SaverDef.FromProto(saver).InScope(scope), Name = null });
        return SaveableList.All(graph).Count > 0 ? new Saver(graph, options) : null;
    }

    /// <summary>Adds nodes, functions and collections.</summary>
    internal static void ImportGraph(Graph graph, Protos.MetaGraphDef proto, bool clearDevices, string scope)
    {
        GraphValidation.Check(proto.GraphDef ?? new());
        if (clearDevices)
        {
            proto = proto.Clone();
            foreach (var node in proto.GraphDef?.Node ?? [])
                node.Device = "";
        }
        graph.Import(GraphScope.Under(GraphImporter.Import(proto.GraphDef ?? new()), scope));
        ImportCollections(graph, proto, scope);
    }

    internal static void ImportCollections(Graph graph, Protos.MetaGraphDef proto, string scope = "")
    {
        foreach (var (key, collection) in proto.CollectionDef.OrderBy(c => c.Key, StringComparer.Ordinal))
            CollectionCodec.Import(graph, key, collection, scope);
    }
}
