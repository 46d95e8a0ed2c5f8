using System.Runtime.CompilerServices;
using Engine.Graphs;

namespace Engine.Io.SavedModels;

/// <summary>
/// The objects of a SavedModel of TensorFlow 2 (attributes, functions, variables), which no graph has. They are remembered beside the graph that was loaded, and
/// written again with it, so that <c>tf.saved_model.load</c> gives the same objects.
/// </summary>
internal static class ObjectGraphOrigin
{
    private static readonly ConditionalWeakTable<Graph, StoredMetaGraph> Origins = [];

    internal static void Remember(Graph graph, StoredMetaGraph stored)
    {
        var proto = stored.Message;
        if (proto.ObjectGraphDef is null && stored.Objects is null)
            return;
        var origin = new Protos.MetaGraphDef { ObjectGraphDef = proto.ObjectGraphDef, SaverDef = proto.SaverDef, MetaInfoDef = new() };
        foreach (var (alias, function) in proto.MetaInfoDef?.FunctionAliases ?? [])
            origin.MetaInfoDef.FunctionAliases[alias] = function;
        origin.AssetFileDef.Add(proto.AssetFileDef);
        Origins.AddOrUpdate(graph, new(origin, [], stored.Objects));
    }

    /// <summary>
    /// Adds the objects to a message of the same graph. The checkpoint must be written by the graph's own saver, which stores values under the names of objects;
    /// objects that are files are known by their number among the files, which another export counts anew.
    /// </summary>
    internal static void Add(Graph graph, Saver saver, Protos.MetaGraphDef proto)
    {
        if (!Origins.TryGetValue(graph, out var stored) || stored.Message is not { } origin || origin.AssetFileDef.Count > 0 || origin.SaverDef is null || saver.Def?.SaveTensorName != origin.SaverDef.SaveTensorName)
            return;
        proto.ObjectGraphDef = origin.ObjectGraphDef ?? Protos.SavedObjectGraph.Parser.ParseFrom(stored.Objects);
        proto.MetaInfoDef.FunctionAliases.Add(origin.MetaInfoDef.FunctionAliases);
    }
}
