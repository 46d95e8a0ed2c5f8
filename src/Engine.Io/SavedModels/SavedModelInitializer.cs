using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Engine.Io.SavedModels;

/// <summary>What loading a SavedModel runs: the restore op, then the init op, both fed with the assets' paths.</summary>
internal static class SavedModelInitializer
{
    private const string InitSignature = "__saved_model_init_op";

    internal static void Run(MetaGraph graph, Protos.MetaGraphDef proto, string folder)
    {
        var assets = Assets(graph, proto, folder);
        try
        {
            var variables = Path.Combine(folder, "variables", "variables");
            if (proto.SaverDef is not null && File.Exists(variables + ".index"))
                graph.Restore(variables, assets);
            if (InitOp(proto) is { Length: > 0 } init)
                graph.Session.Run(assets, [], [MetaGraph.OperationName(init)]);
        }
        finally
        {
            foreach (var (_, path) in assets)
                path.Dispose();
        }
    }

    private static List<KeyValuePair<string, Tensor>> Assets(MetaGraph graph, Protos.MetaGraphDef proto, string folder)
    {
        IEnumerable<Protos.AssetFileDef> files = proto.AssetFileDef;
        if (proto.AssetFileDef.Count == 0 && proto.CollectionDef.TryGetValue("saved_model_assets", out var collection))
            files = (collection.AnyList?.Value ?? []).Select(Unpack);
        var feeds = new List<KeyValuePair<string, Tensor>>();
        foreach (var file in files)
        {
            var name = file.TensorInfo?.Name ?? "";
            if (name.Length == 0 || feeds.Exists(f => f.Key == name) || graph.Graph.Find(MetaGraph.OperationName(name)) is null)
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
        if (proto.SignatureDef.TryGetValue(InitSignature, out var signature))
        {
            return signature.Outputs.TryGetValue(InitSignature, out var op)
                ? op.Name
                : throw EngineException.FailedPrecondition($"Signature '{InitSignature}' has no output of that name.");
        }
        foreach (var name in (ReadOnlySpan<string>)["saved_model_main_op", "legacy_init_op"])
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
