using Engine.Io.Files;
using Engine.Io.Text;
using Google.Protobuf;

namespace Engine.Io.SavedModels;

/// <summary>What the file of a SavedModel says about its graphs. The file is mapped; tensors in it are skipped, so that a large one costs no more than a small one.</summary>
internal sealed class SavedModelOutline : IDisposable
{
    private readonly MappedFile? file;

    private SavedModelOutline(MappedFile? file, IReadOnlyList<MetaGraphOutline> graphs)
    {
        this.file = file;
        Graphs = graphs;
    }

    /// <summary>The graphs in the order of the file.</summary>
    internal IReadOnlyList<MetaGraphOutline> Graphs { get; }

    /// <summary>The file of a SavedModel, or null where there is none.</summary>
    internal static string? FindFile(string folder)
    {
        foreach (var name in (ReadOnlySpan<string>)["saved_model.pb", "saved_model.pbtxt"])
        {
            if (Path.Combine(folder, name) is var path && File.Exists(path))
                return path;
        }
        return null;
    }

    /// <summary>Reads the file.</summary>
    /// <exception cref="EngineException">DATA_LOSS when it is damaged.</exception>
    internal static SavedModelOutline Read(string path)
    {
        if (MessageFile.IsTextName(path))
            return new(null, Split(TextFormat.Parse<Protos.SavedModel>(MessageFile.ReadBytes(path), path).ToByteArray()));
        var file = new MappedFile(path);
        try
        {
            if (file.Length > int.MaxValue)
                throw new InvalidModelException(StatusCode.ResourceExhausted, path, "messages of 2 GB and more cannot be read.");
            return new(file, Split(new MappedMemory(file).Memory));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => file?.Dispose();

    private static List<MetaGraphOutline> Split(ReadOnlyMemory<byte> model)
    {
        const int metaGraphs = 2;
        var graphs = new List<MetaGraphOutline>();
        var reader = new WireReader(model.Span);
        while (reader.Read())
        {
            if (reader.Field == metaGraphs)
                graphs.Add(new(WireSlice.Of(model, reader.Content)));
        }
        return graphs;
    }
}
