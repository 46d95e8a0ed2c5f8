using System.Text.Json.Serialization;

namespace Engine.Conformance.Running.Transcripts;

/// <summary>A command of TensorFlow's tools and what it answered.</summary>
internal sealed record Transcript
{
    [JsonPropertyName("argv")]
    public string[] Arguments { get; init; } = [];

    [JsonPropertyName("exit")]
    public int ExitCode { get; init; }

    [JsonPropertyName("stdout")]
    public string Output { get; init; } = "";

    /// <summary>What it wrote, by path, in base 64.</summary>
    [JsonPropertyName("files")]
    public Dictionary<string, string> Files { get; init; } = [];

    /// <summary>Commands that ran first in the same folder.</summary>
    [JsonPropertyName("before")]
    public string[][] Before { get; init; } = [];

    /// <summary>Whether expressions may use numpy: then this record, not the one that refuses it, holds the answer.</summary>
    [JsonPropertyName("numpy_exprs")]
    public bool MayUseNumpy { get; init; }

    /// <summary>Whether floats are compared as numbers.</summary>
    [JsonPropertyName("approximate")]
    public bool IsApproximate { get; init; }

    [JsonIgnore]
    public string Name => string.Join(' ', Arguments);
}
