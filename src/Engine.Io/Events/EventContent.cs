namespace Engine.Io.Events;

/// <summary>What an event says: one of the records nested here.</summary>
public abstract record EventContent
{
    private EventContent()
    {
    }

    /// <summary>The version of the file's format; the first event of every file.</summary>
    /// <param name="Text"><c>brain.Event:2</c>.</param>
    public sealed record FileVersion(string Text) : EventContent;

    /// <summary>A graph.</summary>
    /// <param name="GraphDef">A serialized GraphDef.</param>
    public sealed record Graph(byte[] GraphDef) : EventContent;

    /// <summary>A meta graph.</summary>
    /// <param name="MetaGraphDef">A serialized MetaGraphDef.</param>
    public sealed record MetaGraph(byte[] MetaGraphDef) : EventContent;

    /// <summary>Numbers, histograms, pictures, sounds, texts.</summary>
    /// <param name="Values">The values, by tag.</param>
    public sealed record Summary(IReadOnlyList<SummaryValue> Values) : EventContent;

    /// <summary>A message.</summary>
    /// <param name="Level">0, 10 (debugging), 20 (information), 30 (warning), 40 (error) or 50 (fatal).</param>
    /// <param name="Text">The message.</param>
    public sealed record Log(int Level, string Text) : EventContent;

    /// <summary>Something about a session.</summary>
    /// <param name="Status">What.</param>
    /// <param name="CheckpointPath">The checkpoint, for <see cref="SessionStatus.Checkpoint"/>.</param>
    /// <param name="Message">Further words.</param>
    public sealed record Session(SessionStatus Status, string CheckpointPath, string Message) : EventContent;

    /// <summary>Measurements of a run.</summary>
    /// <param name="Tag">A name for the run.</param>
    /// <param name="Metadata">A serialized RunMetadata.</param>
    public sealed record RunMetadata(string Tag, byte[] Metadata) : EventContent;
}
