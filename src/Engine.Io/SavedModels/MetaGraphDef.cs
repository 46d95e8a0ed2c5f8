using Engine.Io.MetaGraphs;

namespace Engine.Io;

/// <summary>A graph of a SavedModel as its file has it (<c>tensorflow.MetaGraphDef</c>): tags, signatures and what else is said about it.</summary>
public sealed class MetaGraphDef
{
    internal MetaGraphDef(Protos.MetaGraphDef proto)
    {
        Tags = [.. proto.MetaInfoDef?.Tags ?? []];
        SignatureDefs = new SortedDictionary<string, SignatureDef>(proto.SignatureDef.ToDictionary(s => s.Key, s => SignatureDef.FromProto(s.Value)), StringComparer.Ordinal);
        SaverDef = proto.SaverDef is null ? null : SaverDef.FromProto(proto.SaverDef);
        CollectionKeys = [.. proto.CollectionDef.Keys.Order(StringComparer.Ordinal)];
        AssetFilenames = AssetsOf(proto);
        TensorFlowVersion = proto.MetaInfoDef?.TensorflowVersion ?? "";
        StrippedDefaultAttrs = proto.MetaInfoDef?.StrippedDefaultAttrs ?? false;
    }

    /// <summary>The tags.</summary>
    public IReadOnlyList<string> Tags { get; }

    /// <summary>The signatures by key, those for loaders among them.</summary>
    public IReadOnlyDictionary<string, SignatureDef> SignatureDefs { get; }

    /// <summary>How the graph saves and restores; null when it has no variables.</summary>
    public SaverDef? SaverDef { get; }

    /// <summary>The keys of its collections, sorted.</summary>
    public IReadOnlyList<string> CollectionKeys { get; }

    /// <summary>Tensor → file of the folder <c>assets</c> whose path it is fed with.</summary>
    public IReadOnlyDictionary<string, string> AssetFilenames { get; }

    /// <summary>The version of the writer.</summary>
    public string TensorFlowVersion { get; }

    /// <summary>Whether attributes with default values were left out.</summary>
    public bool StrippedDefaultAttrs { get; }

    /// <summary>All graphs of a SavedModel, in the order of the file.</summary>
    /// <exception cref="EngineException">NOT_FOUND, DATA_LOSS.</exception>
    public static IReadOnlyList<MetaGraphDef> ReadAll(string exportDir) => [.. SavedModels.MetaGraphFile.Read(exportDir).MetaGraphs.Select(g => new MetaGraphDef(g))];

    private static Dictionary<string, string> AssetsOf(Protos.MetaGraphDef proto)
    {
        IEnumerable<SavedAsset> assets = proto.AssetFileDef.Select(a => new SavedAsset(a.Filename, a.TensorInfo?.Name ?? ""));
        if (proto.AssetFileDef.Count == 0 && proto.CollectionDef.TryGetValue(SavedModelConstants.AssetsKey, out var collection))
            assets = (collection.AnyList?.Value ?? []).Select(SavedAsset.From).OfType<SavedAsset>();
        var files = new Dictionary<string, string>();
        foreach (var asset in assets)
            files.TryAdd(asset.TensorName, asset.FileName);
        return files;
    }
}
