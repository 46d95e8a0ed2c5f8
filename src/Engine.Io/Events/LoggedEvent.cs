namespace Engine.Io.Events;

/// <summary>One record of an event file.</summary>
/// <param name="WallTime">When it happened, in seconds since 1970.</param>
/// <param name="Step">The global step it belongs to.</param>
/// <param name="Content">What happened; null for an event that says nothing, or nothing that is known.</param>
public sealed record LoggedEvent(double WallTime, long Step, EventContent? Content)
{
    /// <summary>Who wrote the file, where the event says so.</summary>
    public string? Writer { get; init; }
}
