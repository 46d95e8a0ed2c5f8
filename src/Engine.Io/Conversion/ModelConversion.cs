using Engine.Io.Conversion;
using Engine.Io.Files;

namespace Engine.Io;

/// <summary>Turns models between their binary and text forms, and checkpoints between their formats.</summary>
public static class ModelConversion
{
    /// <summary>Writes a SavedModel, a meta graph or a graph as protobuf text (<c>convert_to_text</c>).</summary>
    /// <param name="source">The folder of a SavedModel, or a file: <c>saved_model.pb</c>, <c>.meta</c>, or a graph.</param>
    /// <param name="destination">The folder of the SavedModel to write, or the file. The source's folder when null and the source is a SavedModel.</param>
    /// <returns>The path of the file written.</returns>
    /// <exception cref="EngineException">NOT_FOUND, DATA_LOSS.</exception>
    public static string ConvertToText(string source, string? destination = null) => Convert(source, destination, asText: true);

    /// <summary>Writes a SavedModel, a meta graph or a graph as binary message.</summary>
    /// <param name="source">The folder of a SavedModel, or a file: <c>saved_model.pbtxt</c>, <c>.meta</c>, or a graph.</param>
    /// <param name="destination">The folder of the SavedModel to write, or the file. The source's folder when null and the source is a SavedModel.</param>
    /// <returns>The path of the file written.</returns>
    /// <exception cref="EngineException">NOT_FOUND, DATA_LOSS.</exception>
    public static string ConvertToBinary(string source, string? destination = null) => Convert(source, destination, asText: false);

    /// <summary>Writes all tensors of a checkpoint to another one, in another format. Partitioned variables become whole.</summary>
    /// <param name="source">The prefix.</param>
    /// <param name="destination">The new prefix.</param>
    /// <param name="format">The new format.</param>
    /// <param name="progress">Is told how many tensors of how many are written.</param>
    /// <exception cref="EngineException">NOT_FOUND, DATA_LOSS, and UNIMPLEMENTED for types the format does not store.</exception>
    public static void ConvertCheckpoint(string source, string destination, CheckpointFormat format, IProgress<(int Done, int Count)>? progress = null)
    {
        using var reader = CheckpointReader.Open(source);
        using var writer = CheckpointWriter.Create(destination, format);
        var tensors = reader.Tensors;
        for (var i = 0; i < tensors.Count; i++)
        {
            using var tensor = reader.Read(tensors[i].Name);
            writer.Add(tensors[i].Name, tensor);
            progress?.Report((i + 1, tensors.Count));
        }
        writer.Finish();
    }

    private static string Convert(string source, string? destination, bool asText)
    {
        if (Directory.Exists(source))
        {
            var name = asText ? SavedModelConstants.SavedModelFilenamePbtxt : SavedModelConstants.SavedModelFilenamePb;
            var model = SavedModels.MetaGraphFile.Read(source);
            var folder = destination ?? source;
            if (Path.GetFullPath(folder) != Path.GetFullPath(source))
                FolderCopy.Copy(source, folder, [SavedModelConstants.SavedModelFilenamePb, SavedModelConstants.SavedModelFilenamePbtxt]);
            var file = Path.Combine(folder, name);
            ModelFile.Write(file, model, asText);
            return file;
        }
        if (destination is null)
            throw EngineException.InvalidArgument($"{source} is a file: say where to write.");
        ModelFile.Write(destination, ModelFile.Read(source), asText);
        return destination;
    }
}
