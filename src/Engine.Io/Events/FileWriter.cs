using System.Text;
using Engine.Graphs;
using Engine.Io.Graphs;
using Engine.Io.Ops;
using Engine.Io.Protos;
using Google.Protobuf;

namespace Engine.Io.Events;

/// <summary>Writes an event file as TF 1's <c>tf.summary.FileWriter</c> does: summaries that summary ops made, graphs, checkpoints. For many threads.</summary>
public sealed class FileWriter : IDisposable
{
    private readonly EventFile file;

    /// <summary>Makes a file in a folder, which is made too.</summary>
    /// <param name="folder">The folder that TensorBoard is shown.</param>
    /// <param name="suffix">The end of the file's name.</param>
    /// <exception cref="InvalidModelException">PERMISSION_DENIED, RESOURCE_EXHAUSTED when the disk is full.</exception>
    public FileWriter(string folder, string suffix = "") => file = new EventFile(folder, suffix);

    /// <summary>The file.</summary>
    public string Path => file.Path;

    /// <summary>Adds a summary that a summary op made.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for bytes that are no summary.</exception>
    public void AddSummary(byte[] summary, long step) => Write(step, SummaryMessages.Parse(summary, "the summary"));

    /// <summary>Adds a number.</summary>
    public void AddScalar(string tag, float value, long step)
    {
        var summary = new Summary();
        summary.Value.Add(new Summary.Types.Value { Tag = ByteString.CopyFromUtf8(tag), SimpleValue = value });
        Write(step, summary);
    }

    /// <summary>Adds the histogram of a tensor's values.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for values that are not finite.</exception>
    public void AddHistogram(string tag, Tensor values, long step) => Write(step, HistogramSummary.Summarize(Encoding.UTF8.GetBytes(tag), values, tag));

    /// <summary>Adds pictures, [count, height, width, channels], of uint8 or floats, which are scaled.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for another shape.</exception>
    public void AddImages(string tag, Tensor images, long step, int maxImages = 3)
        => Write(step, ImageSummary.Summarize(images, Encoding.UTF8.GetBytes(tag), maxImages, [255, 0, 0, 255]));

    /// <summary>Adds clips, [count, frames, channels], of floats in [-1, 1].</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for another shape.</exception>
    public void AddAudio(string tag, Tensor clips, float sampleRate, long step, int maxOutputs = 3)
        => Write(step, AudioSummary.Summarize(clips, Encoding.UTF8.GetBytes(tag), sampleRate, maxOutputs));

    /// <summary>Adds a serialized GraphDef.</summary>
    public void AddGraph(byte[] graphDef, long step = 0) => file.Write(new Event { Step = step, GraphDef = ByteString.CopyFrom(graphDef) });

    /// <summary>Adds a graph.</summary>
    public void AddGraph(Graph graph, long step = 0) => AddGraph(GraphExporter.Export(GraphExporter.ToDef(graph)).ToByteArray(), step);

    /// <summary>Adds a serialized MetaGraphDef.</summary>
    public void AddMetaGraph(byte[] metaGraphDef, long step = 0) => file.Write(new Event { Step = step, MetaGraphDef = ByteString.CopyFrom(metaGraphDef) });

    /// <summary>Says that a session began, ended or wrote a checkpoint.</summary>
    public void AddSessionLog(SessionStatus status, string checkpointPath = "", long step = 0)
        => file.Write(new Event { Step = step, SessionLog = new SessionLog { Status = (SessionLog.Types.SessionStatus)(int)status, CheckpointPath = checkpointPath } });

    /// <summary>Adds a serialized RunMetadata under a tag.</summary>
    public void AddRunMetadata(string tag, byte[] runMetadata, long step = 0)
        => file.Write(new Event { Step = step, TaggedRunMetadata = new TaggedRunMetadata { Tag = tag, RunMetadata = ByteString.CopyFrom(runMetadata) } });

    /// <summary>Hands everything written so far to the operating system, so that TensorBoard sees it.</summary>
    public void Flush() => file.Flush();

    /// <summary>Completes the file.</summary>
    public void Dispose() => file.Dispose();

    private void Write(long step, Summary summary) => file.Write(new Event { Step = step, Summary = summary });
}
