using Engine.Conformance.Work;

namespace Engine.Conformance.Running;

/// <summary>
/// A list of cases that are known to fail, a line each: name, tab, reason. The name of a gradient case carries <see cref="GradientSuffix"/>, for a case may run and
/// have a wrong gradient.
/// </summary>
internal sealed class KnownFailures
{
    internal const string GradientSuffix = "#gradients";

    private readonly Dictionary<string, string> reasons = new(StringComparer.Ordinal);

    /// <summary>The names, as the list has them.</summary>
    internal IEnumerable<string> Names => reasons.Keys;

    /// <exception cref="InvalidDataException">A line without a reason, or a name that occurs twice.</exception>
    internal static KnownFailures Read(string path)
    {
        var known = new KnownFailures();
        foreach (var line in File.ReadLines(path))
        {
            if (line.Length == 0 || line.StartsWith('#'))
                continue;
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab <= 0 || string.IsNullOrWhiteSpace(line[(tab + 1)..]))
                throw new InvalidDataException($"{path}: '{line}' gives no reason.");
            if (!known.reasons.TryAdd(line[..tab], line[(tab + 1)..]))
                throw new InvalidDataException($"{path}: {line[..tab]} occurs twice.");
        }
        return known;
    }

    /// <summary>The name under which the list has a case.</summary>
    internal static string Key(Mode mode, string name) => mode == Mode.Gradients ? name + GradientSuffix : name;

    /// <summary>What differs from the list, a line each; the list may have cases that were not run.</summary>
    internal IReadOnlyList<string> Compare(Mode mode, IReadOnlyList<Result> results)
    {
        var lines = new List<string>();
        foreach (var result in results)
        {
            var listed = reasons.ContainsKey(Key(mode, result.Name));
            if (result.Passed && listed)
                lines.Add($"passes but is listed as failing: {Key(mode, result.Name)}");
            else if (!result.Passed && !listed)
                lines.Add($"fails and is not listed: {Key(mode, result.Name)}: {result.Kind}, {result.Verdict.Op}: {result.Verdict.Message}");
        }
        return lines;
    }
}
