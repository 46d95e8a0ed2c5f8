namespace Engine.Conformance.Running;

/// <summary>A folder of golden cases: a file per family, models, and the list of what is known to fail.</summary>
internal sealed class GoldenFolder(string path)
{
    private const string Extension = ".cases.gz";

    /// <summary>How long a case may take where a list is compared: a busy machine must not change the outcome.</summary>
    internal static TimeSpan Limit { get; } = TimeSpan.FromSeconds(30);

    /// <summary>The families' names.</summary>
    internal IReadOnlyList<string> Families { get; } =
        [.. Directory.GetFiles(path, "*" + Extension).Select(f => Path.GetFileName(f)[..^Extension.Length]).Order(StringComparer.Ordinal)];

    /// <summary>The list of known failures.</summary>
    internal string KnownFile => Path.Combine(path, "known.tsv");

    /// <summary>The cases of the models, which lie beside it; null where there are none.</summary>
    internal string? ModelFile => Path.Combine(path, "Models", "expected" + Extension) is var file && File.Exists(file) ? file : null;

    /// <summary>The cases of a family.</summary>
    internal string CaseFileOf(string family) => Path.Combine(path, family + Extension);
}
