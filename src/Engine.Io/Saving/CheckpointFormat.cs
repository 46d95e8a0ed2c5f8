namespace Engine.Io;

/// <summary>The format of checkpoints (<c>SaverDef.CheckpointFormatVersion</c>).</summary>
public enum CheckpointFormat
{
    /// <summary>As V1, of the first release.</summary>
    Legacy = 0,
    /// <summary>One table per file.</summary>
    V1 = 1,
    /// <summary>An index and data files.</summary>
    V2 = 2,
}
