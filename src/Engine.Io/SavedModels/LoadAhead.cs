namespace Engine.Io.SavedModels;

/// <summary>The file of a SavedModel, read on a thread of its own while the caller does something else.</summary>
internal sealed class LoadAhead
{
    private readonly Thread? thread;
    private StoredMetaGraph? read;

    /// <summary>Begins, where there is a second processor.</summary>
    internal LoadAhead(string folder)
    {
        if (Environment.ProcessorCount == 1)
            return;
        thread = new(() => Read(folder)) { IsBackground = true, Name = "Engine loading" };
        thread.Start();
    }

    /// <summary>The graph that has these tags; null where it must be read again, to find it or to say what is wrong.</summary>
    internal StoredMetaGraph? Take(IReadOnlyList<string> tags)
    {
        thread?.Join();
        return read is { } stored && stored.HasTags(tags) ? stored : null;
    }

    private void Read(string folder)
    {
        try
        {
            read = StoredMetaGraph.ReadApart(folder, null, null);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The one who loads the model meets it again.
        }
    }
}
