namespace Engine.Io.Events;

/// <summary>A value of a summary.</summary>
/// <param name="Tag">Its name.</param>
/// <param name="Content">The value; null for none that is known.</param>
/// <param name="Metadata">How to show it; null where nothing is said.</param>
public sealed record SummaryValue(string Tag, SummaryContent? Content, SummaryMetadata? Metadata = null)
{
    /// <summary>The node that made it, where the value has that instead of a tag.</summary>
    public string NodeName { get; init; } = "";
}
