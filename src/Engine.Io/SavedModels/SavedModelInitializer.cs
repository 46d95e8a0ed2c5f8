using Engine.Graphs;
using Engine.Runtime;
using Google.Protobuf;
using Any = Google.Protobuf.WellKnownTypes.Any;

namespace Engine.Io.SavedModels;

/// <summary>What loading a SavedModel runs: the restore op, then the init op, both fed with the assets' paths.</summary>
internal static class SavedModelInitializer
{
    /// <param name="session">The session of the graph.</param>
    /// <param name="saver">How the graph restores; null when it has no variables.</param>
    /// <param name="proto">The graph's message.</param>
    /// <param name="folder">The folder of the SavedModel.</param>
    /// <param name="scope">The scope of names the graph was imported under.</param>
    internal static void Run(Session session, SaverDef? saver, Protos.MetaGraphDef proto, string folder, string scope = "")
    {
        var assets = Assets(session.Graph, proto, folder, scope);
        try
        {
            var variables = Path.Combine(folder, SavedModelConstants.VariablesDirectory, SavedModelConstants.VariablesFilename);
            if (saver is not null && File.Exists(variables + ".index"))
                MetaGraph.Restore(session, saver, variables, assets);
            if (InitOp(proto) is { Length: > 0 } init)
                session.Run(assets, [], [Scoped(MetaGraph.OperationName(init), scope)]);
        }
        finally
        {
            foreach (var (_, path) in assets)
                path.Dispose();
        }
    }

    private static string Scoped(string name, string scope) => scope.Length == 0 ? name : $"{scope}/{name}";

    private static List<KeyValuePair<string, Tensor>> Assets(Graph graph, Protos.MetaGraphDef proto, string folder, string scope)
    {
        IEnumerable<Protos.AssetFileDef> files = proto.AssetFileDef;
        if (proto.AssetFileDef.Count == 0 && proto.CollectionDef.TryGetValue(SavedModelConstants.AssetsKey, out var collection))
            files = (collection.AnyList?.Value ?? []).Select(Unpack);
        var feeds = new List<KeyValuePair<string, Tensor>>();
        foreach (var file in files)
        {
            var name = Scoped(file.TensorInfo?.Name ?? "", scope);
            if (file.TensorInfo is not { Name.Length: > 0 } || feeds.Exists(f => f.Key == name) || graph.Find(MetaGraph.OperationName(name)) is null)
                continue;
            feeds.Add(new(name, Tensor.Scalar(MetaGraphFile.AssetPath(folder, file.Filename))));
        }
        return feeds;
    }

    private static Protos.AssetFileDef Unpack(Any any)
    {
        try
        {
            return Protos.AssetFileDef.Parser.ParseFrom(any.Value);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new EngineException(StatusCode.DataLoss, $"An entry of the collection saved_model_assets is damaged: {e.Message}", e);
        }
    }

    // The signature of TF 2, the main op, or the init op of old exports.
    private static string? InitOp(Protos.MetaGraphDef proto)
    {
        if (proto.SignatureDef.TryGetValue(SavedModelConstants.InitOpSignatureKey, out var signature))
        {
            return signature.Outputs.TryGetValue(SavedModelConstants.InitOpSignatureKey, out var op)
                ? op.Name
                : throw EngineException.FailedPrecondition($"Signature '{SavedModelConstants.InitOpSignatureKey}' has no output of that name.");
        }
        foreach (var name in (ReadOnlySpan<string>)[SavedModelConstants.MainOpKey, SavedModelConstants.LegacyInitOpKey])
        {
            if (!proto.CollectionDef.TryGetValue(name, out var collection))
                continue;
            return collection.NodeList?.Value is { Count: 1 } nodes
                ? nodes[0]
                : throw EngineException.FailedPrecondition($"Collection '{name}' must name exactly one op.");
        }
        return null;
    }
}
