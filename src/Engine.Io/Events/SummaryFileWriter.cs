using System.Text;
using Engine.Io.Ops;
using Google.Protobuf;

namespace Engine.Io.Events;

/// <summary>Writes an event file as TF 2's <c>tf.summary</c> does: every value is a tensor with metadata that name TensorBoard's plugin. For many threads.</summary>
public sealed class SummaryFileWriter : IDisposable
{
    private static int number = -1;

    private readonly EventFile file;

    /// <summary>Makes a file in a folder, which is made too.</summary>
    /// <param name="folder">The folder that TensorBoard is shown.</param>
    /// <param name="suffix">The end of the file's name.</param>
    /// <exception cref="InvalidModelException">PERMISSION_DENIED, RESOURCE_EXHAUSTED when the disk is full.</exception>
    public SummaryFileWriter(string folder, string suffix = ".v2")
        => file = new EventFile(folder, $".{Environment.ProcessId}.{Interlocked.Increment(ref number)}{suffix}");

    /// <summary>The file.</summary>
    public string Path => file.Path;

    /// <summary>Writes a number.</summary>
    public void Scalar(string tag, float value, long step, string description = "")
    {
        using var tensor = Tensor.Scalar(value);
        Write(tag, tensor, step, Plugin("scalars", description));
    }

    /// <summary>Writes the histogram of a tensor's values, in buckets of equal width.</summary>
    public void Histogram(string tag, Tensor values, long step, int buckets = 30, string description = "")
    {
        using var tensor = EqualBuckets.Count(values, buckets);
        Write(tag, tensor, step, Plugin("histograms", description));
    }

    /// <summary>Writes pictures, [count, height, width, channels], of uint8 or of floats in [0, 1].</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for another shape or type.</exception>
    public void Image(string tag, Tensor images, long step, int maxOutputs = 3, string description = "")
    {
        using var tensor = EncodedClips.Images(images, maxOutputs);
        Write(tag, tensor, step, Plugin("images", description));
    }

    /// <summary>Writes clips, [count, frames, channels], of floats in [-1, 1].</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for another shape or type.</exception>
    public void Audio(string tag, Tensor clips, int sampleRate, long step, int maxOutputs = 3, string description = "")
    {
        using var tensor = EncodedClips.Audio(clips, sampleRate, maxOutputs);
        // The plugin's message says that the encoding is WAV.
        Write(tag, tensor, step, new("audio", [0x10, 11], Description: description));
    }

    /// <summary>Writes a text, in Markdown.</summary>
    public void Text(string tag, string text, long step, string description = "")
    {
        using var tensor = Tensor.Scalar(Encoding.UTF8.GetBytes(text));
        Text(tag, tensor, step, description);
    }

    /// <summary>Writes texts, which TensorBoard shows as a table.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for a tensor of other elements.</exception>
    public void Text(string tag, Tensor texts, long step, string description = "")
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (texts.Type != DType.String)
            throw EngineException.InvalidArgument($"Texts must be strings, not {texts.Type.Name()}");
        Write(tag, texts, step, Plugin("text", description));
    }

    /// <summary>Writes a serialized GraphDef.</summary>
    public void Graph(byte[] graphDef, long step = 0) => file.Write(new Protos.Event { Step = step, GraphDef = ByteString.CopyFrom(graphDef) });

    /// <summary>Writes any tensor for any plugin.</summary>
    public void Write(string tag, Tensor value, long step, SummaryMetadata metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        var message = new Protos.SummaryMetadata
        {
            PluginData = new() { PluginName = metadata.PluginName, Content = ByteString.CopyFrom(metadata.PluginContent) },
            DisplayName = metadata.DisplayName,
            SummaryDescription = metadata.Description,
            DataClass = (Protos.DataClass)metadata.DataClass,
        };
        file.Write(new Protos.Event { Step = step, Summary = SummaryMessages.OfTensor(Encoding.UTF8.GetBytes(tag), value, message.ToByteArray()) });
    }

    /// <summary>Hands everything written so far to the operating system, so that TensorBoard sees it.</summary>
    public void Flush() => file.Flush();

    /// <summary>Completes the file.</summary>
    public void Dispose() => file.Dispose();

    private static SummaryMetadata Plugin(string name, string description) => new(name, [], Description: description);
}
