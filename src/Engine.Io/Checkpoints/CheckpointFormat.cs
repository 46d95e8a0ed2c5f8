namespace Engine.Io;

/// <summary>How a checkpoint is laid out.</summary>
public enum CheckpointFormat
{
    /// <summary>The only format before 2016: one table per shard that holds everything.</summary>
    V1 = 1,

    /// <summary>A table of names, <c>prefix.index</c>, and files of plain bytes, <c>prefix.data-00000-of-00001</c>.</summary>
    V2 = 2,
}
