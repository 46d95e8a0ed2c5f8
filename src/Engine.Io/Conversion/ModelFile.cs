using System.Text;
using Engine.Io.Files;
using Engine.Io.Text;
using Google.Protobuf;

namespace Engine.Io.Conversion;

/// <summary>A file with a model, of whatever kind its name and contents say it is.</summary>
internal static class ModelFile
{
    internal static IMessage Read(string path)
    {
        var bytes = MessageFile.ReadBytes(path);
        var name = Path.GetFileName(path);
        if (name.StartsWith("saved_model.", StringComparison.Ordinal))
            return MessageFile.ParseBinaryOrText(Protos.SavedModel.Parser, bytes, path);
        if (name.Contains(".meta", StringComparison.Ordinal))
            return MessageFile.ParseBinaryOrText(Protos.MetaGraphDef.Parser, bytes, path);
        return MessageFile.ParseBinaryOrText(Protos.GraphDef.Parser, bytes, path);
    }

    internal static void Write(string path, IMessage message, bool asText) => MessageFile.WriteBytes(path, stream =>
    {
        if (asText)
            stream.Write(Encoding.UTF8.GetBytes(TextFormat.Print(message)));
        else
            message.WriteTo(stream);
    });
}
