using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Engine.Io.Text;

/// <summary>
/// Protobuf's text format, read and written over descriptors. The reader takes all that TensorFlow's Python reads: comments, adjacent strings, lists,
/// angle brackets, enums by name or number, <c>Any</c> with a type that is known here; of a field that is given twice the last value counts.
/// </summary>
internal static class TextFormat
{
    /// <summary>Types that may stand in an <c>Any</c>.</summary>
    internal static TypeRegistry Types { get; } = TypeRegistry.FromFiles(Protos.SavedModelReflection.Descriptor, Protos.VariableReflection.Descriptor,
        Protos.ControlFlowReflection.Descriptor, Protos.QueueRunnerReflection.Descriptor, Protos.FingerprintReflection.Descriptor);

    /// <summary>Parses text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">Its name, for errors.</param>
    /// <exception cref="InvalidModelException">DATA_LOSS, with line and column.</exception>
    internal static T Parse<T>(string text, string file = "(text)") where T : IMessage, new() => Parse<T>(Encoding.UTF8.GetBytes(text), file);

    /// <summary>Parses text in UTF-8.</summary>
    internal static T Parse<T>(ReadOnlySpan<byte> text, string file = "(text)") where T : IMessage, new()
    {
        var message = new T();
        new TextFormatReader(text, file).Read(message);
        return message;
    }

    /// <summary>The message as text: fields in the order of their numbers, maps in the order of their keys, one value a line.</summary>
    internal static string Print(IMessage message)
    {
        var writer = new TextFormatWriter();
        writer.Write(message);
        return writer.ToString();
    }

    /// <summary>Whether bytes are text rather than a binary message, which always has bytes that no text has.</summary>
    internal static bool IsText(ReadOnlySpan<byte> bytes)
    {
        var start = bytes[..Math.Min(bytes.Length, 4096)];
        foreach (var b in start)
        {
            if (b < 32 && b is not ((byte)'\n' or (byte)'\r' or (byte)'\t'))
                return false;
        }
        var letters = start.TrimStart(" \t\r\n"u8);
        return letters.Length > 0 && (char.IsAsciiLetter((char)letters[0]) || letters[0] is (byte)'#' or (byte)'_' or (byte)'[');
    }
}
