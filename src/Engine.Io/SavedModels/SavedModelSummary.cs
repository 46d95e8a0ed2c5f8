using Engine.Io.SavedModels;

namespace Engine.Io;

/// <summary>What a graph of a SavedModel is called and can do; its variables are not loaded.</summary>
/// <param name="Tags">The tags, as stored.</param>
/// <param name="Signatures">Signatures by key, sorted.</param>
public sealed record SavedModelSummary(IReadOnlyList<string> Tags, IReadOnlyDictionary<string, Signature> Signatures)
{
    /// <summary>The graphs of a SavedModel, ordered by their tags.</summary>
    /// <exception cref="EngineException">NOT_FOUND, DATA_LOSS.</exception>
    public static IReadOnlyList<SavedModelSummary> Read(string folder)
        => [.. MetaGraphFile.Read(folder).MetaGraphs
            .Select(g => new SavedModelSummary([.. g.MetaInfoDef?.Tags ?? []], SignatureReader.ReadAll(g)))
            .OrderBy(s => string.Join('\0', s.Tags), StringComparer.Ordinal)];
}
