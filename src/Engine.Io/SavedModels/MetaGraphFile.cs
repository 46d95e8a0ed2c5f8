using Engine.Io.Files;

namespace Engine.Io.SavedModels;

/// <summary>Finds and reads <c>saved_model.pb</c> or <c>saved_model.pbtxt</c> in a folder.</summary>
internal static class MetaGraphFile
{
    /// <exception cref="EngineException">NOT_FOUND without such a file, DATA_LOSS for one that cannot be parsed, UNIMPLEMENTED for chunked ones.</exception>
    internal static Protos.SavedModel Read(string folder)
    {
        foreach (var name in (ReadOnlySpan<string>)["saved_model.pb", "saved_model.pbtxt"])
        {
            var path = Path.Combine(folder, name);
            if (File.Exists(path))
                return MessageFile.ParseBinaryOrText(Protos.SavedModel.Parser, MessageFile.ReadBytes(path), path);
        }
        if (File.Exists(Path.Combine(folder, "saved_model.cpb")))
            throw EngineException.Unimplemented($"{folder} holds a chunked SavedModel (saved_model.cpb), which is not supported; export it below 2 GB.");
        throw EngineException.NotFound($"SavedModel file does not exist at: {Path.Combine(folder, "{saved_model.pbtxt|saved_model.pb}")}");
    }

    /// <summary>The only meta graph, or the one to serve of several.</summary>
    internal static Protos.MetaGraphDef Default(Protos.SavedModel model, string folder)
        => model.MetaGraphs is [var only] ? only : Find(model, ["serve"], folder);

    /// <summary>The file of an asset; a name that leads out of the folder is refused.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT.</exception>
    internal static string AssetPath(string folder, string name)
    {
        if (name.Length == 0 || name is "." or ".." || name.AsSpan().ContainsAny("/\\\0:"))
            throw EngineException.InvalidArgument($"An asset must be a file of the folder assets; '{name}' is not.");
        return Path.Combine(folder, "assets", name);
    }

    /// <summary>The first meta graph with exactly these tags.</summary>
    /// <exception cref="EngineException">NOT_FOUND, with the tag sets there are.</exception>
    internal static Protos.MetaGraphDef Find(Protos.SavedModel model, IReadOnlyList<string> tags, string folder)
    {
        var wanted = tags.ToHashSet();
        foreach (var graph in model.MetaGraphs)
        {
            if (wanted.SetEquals(graph.MetaInfoDef?.Tags ?? []))
                return graph;
        }
        throw EngineException.NotFound($"No graph with tags '{string.Join(",", tags)}' in the SavedModel at {folder}. It has: "
            + string.Join("; ", model.MetaGraphs.Select(g => $"'{string.Join(",", g.MetaInfoDef?.Tags ?? [])}'")));
    }
}
