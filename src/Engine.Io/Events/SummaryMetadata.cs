namespace Engine.Io.Events;

/// <summary>How TensorBoard is to show a value.</summary>
/// <param name="PluginName">The plugin: <c>scalars</c>, <c>histograms</c>, <c>images</c>, <c>audio</c>, <c>text</c>, …</param>
/// <param name="PluginContent">What the plugin wants to know, serialized.</param>
/// <param name="DisplayName">A title.</param>
/// <param name="Description">A description, in Markdown.</param>
public sealed record SummaryMetadata(string PluginName, byte[] PluginContent, string DisplayName = "", string Description = "")
{
    /// <summary>0 unknown, 1 numbers, 2 tensors, 3 blobs.</summary>
    public int DataClass { get; init; }
}
