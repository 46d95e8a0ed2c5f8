namespace Engine.Io.Events;

/// <summary>What happened to a session.</summary>
public enum SessionStatus
{
    /// <summary>Not said.</summary>
    Unspecified,
    /// <summary>It began; TensorBoard drops what an earlier session wrote from this step on.</summary>
    Start,
    /// <summary>It ended.</summary>
    Stop,
    /// <summary>It wrote a checkpoint.</summary>
    Checkpoint,
}
