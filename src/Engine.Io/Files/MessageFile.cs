using System.Text;
using Engine.Io.Text;
using Google.Protobuf;

namespace Engine.Io.Files;

/// <summary>Reads and writes files that hold one message.</summary>
internal static class MessageFile
{
    /// <summary>The whole file.</summary>
    /// <exception cref="EngineException">NOT_FOUND, FAILED_PRECONDITION for a folder, PERMISSION_DENIED, RESOURCE_EXHAUSTED from 2 GB on.</exception>
    internal static byte[] ReadBytes(string path)
    {
        try
        {
            if (Directory.Exists(path))
                throw new InvalidModelException(StatusCode.FailedPrecondition, path, "this is a folder, not a file.");
            if (new FileInfo(path) is { Exists: true, Length: > int.MaxValue - 64 })
                throw new InvalidModelException(StatusCode.ResourceExhausted, path, "messages of 2 GB and more cannot be read.");
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (FileErrors.Convert(e, path) is { } converted)
        {
            throw converted;
        }
    }

    /// <summary>Parses a binary message.</summary>
    /// <param name="parser">The message's parser.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="path">The file, for errors.</param>
    /// <exception cref="InvalidModelException">DATA_LOSS, with the offset.</exception>
    internal static T Parse<T>(MessageParser<T> parser, byte[] bytes, string path) where T : IMessage<T>
    {
        var input = new CodedInputStream(bytes);
        try
        {
            return parser.ParseFrom(input);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidModelException(StatusCode.DataLoss, path, $"this is not a valid {typeof(T).Name}: {e.Message}", input.Position, e);
        }
    }

    /// <summary>Parses a binary message, or one as text if the bytes are text.</summary>
    /// <exception cref="InvalidModelException">DATA_LOSS, with the offset.</exception>
    internal static T ParseBinaryOrText<T>(MessageParser<T> parser, byte[] bytes, string path) where T : IMessage<T>, new()
        => TextFormat.IsText(bytes) ? TextFormat.Parse<T>(bytes, path) : Parse(parser, bytes, path);

    /// <summary>Whether a file of this name is to be text.</summary>
    internal static bool IsTextName(string path) => Path.GetExtension(path) is ".pbtxt" or ".pbtext" or ".textproto" or ".prototxt";

    /// <summary>Writes a message, as text if the file's name says so.</summary>
    internal static void Write(string path, IMessage message) => WriteBytes(path, stream =>
    {
        if (IsTextName(path))
            stream.Write(Encoding.UTF8.GetBytes(TextFormat.Print(message)));
        else
            message.WriteTo(stream);
    });

    /// <summary>Writes a file so that it is either complete or not there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the contents.</param>
    /// <param name="flush">Whether the file is on disk before it gets its name.</param>
    internal static void WriteBytes(string path, Action<Stream> write, bool flush = false)
    {
        using var file = new NewFile(path);
        try
        {
            var stream = new BufferedStream(new FileStream(file.Handle, FileAccess.Write, 0), 1 << 16);
            write(stream);
            stream.Flush();
        }
        catch (Exception e) when (FileErrors.Convert(e, path) is { } converted)
        {
            throw converted;
        }
        file.Close(flush);
        file.Publish();
    }
}
