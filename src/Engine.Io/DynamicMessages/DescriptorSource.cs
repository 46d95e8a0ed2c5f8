using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Engine.Io.DynamicMessages;

/// <summary>
/// Where the ops that read and write messages of any type take the types from: <c>local://</c> (or nothing) for TensorFlow's own messages, <c>bytes://</c>
/// and a serialized <c>FileDescriptorSet</c>, or a file that holds one.
/// </summary>
internal sealed class DescriptorSource
{
    private const string LocalScheme = "local://";

    private readonly IReadOnlyList<FileDescriptor> files;

    /// <summary>Opens a source.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for one that holds no consistent descriptors.</exception>
    internal DescriptorSource(byte[] source)
    {
        if (source.Length == 0 || source.AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(LocalScheme)))
            files = LocalMessages.Files;
        else if (source.AsSpan().StartsWith("bytes://"u8))
            files = Build(source["bytes://".Length..]);
        else
            files = Build(ReadFile(Encoding.UTF8.GetString(source)));
    }

    /// <summary>The message of a full name, with the fields of these names: its own, or extensions by their full name.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for a message or field that is not known.</exception>
    internal (MessageDescriptor Message, FieldDescriptor[] Fields) Find(string message, string[] fields)
    {
        var type = files.SelectMany(f => f.MessageTypes).Select(m => Find(m, message)).FirstOrDefault(m => m is not null)
            ?? throw EngineException.InvalidArgument($"No descriptor found for message type {message}");
        return (type, Array.ConvertAll(fields, name => type.FindFieldByName(name) ?? Extension(type, name)
            ?? throw EngineException.InvalidArgument($"Unknown field: {name} in message type {message}")));
    }

    private static MessageDescriptor? Find(MessageDescriptor message, string name)
    {
        if (message.FullName == name)
            return message;
        return name.StartsWith(message.FullName + ".", StringComparison.Ordinal) ? message.NestedTypes.Select(m => Find(m, name)).FirstOrDefault(m => m is not null) : null;
    }

    private FieldDescriptor? Extension(MessageDescriptor type, string name)
        => files.SelectMany(f => f.Extensions.UnorderedExtensions).FirstOrDefault(e => e.FullName == name && e.ExtendeeType == type);

    private static byte[] ReadFile(string path)
    {
        try
        {
            return Files.MessageFile.ReadBytes(path);
        }
        catch (InvalidModelException e)
        {
            throw new EngineException(StatusCode.InvalidArgument, $"The descriptor source '{path}' cannot be read: {e.Message}", e);
        }
    }

    private static IReadOnlyList<FileDescriptor> Build(byte[] set)
    {
        try
        {
            return FileDescriptor.BuildFromByteStrings(FileDescriptorSet.Parser.ParseFrom(set).File.Select(f => f.ToByteString()));
        }
        // An inconsistent set shows itself in many ways.
        catch (Exception e) when (e is InvalidProtocolBufferException or DescriptorValidationException or ArgumentException or InvalidOperationException or KeyNotFoundException or NullReferenceException or IndexOutOfRangeException)
        {
            throw new EngineException(StatusCode.InvalidArgument, $"Source does not represent serialized file descriptor set proto: {e.Message}", e);
        }
    }
}
