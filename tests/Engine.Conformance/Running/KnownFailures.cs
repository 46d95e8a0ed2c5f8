using Engine.Conformance.Work;

namespace Engine.Conformance.Running;

/// <summary>
/// A list of cases that are known to fail, a line each: name, tab, reason. The name of a gradient case carries <see cref="GradientSuffix"/>, for a case may run and
/// have a wrong gradient. Lines that begin with # are remarks.
/// </summary>
internal sealed class KnownFailures
{
    internal const string GradientSuffix = "#gradients";

    private readonly SortedDictionary<string, string> reasons = new(StringComparer.Ordinal);

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
            var key = Key(mode, result.Name);
            var listed = reasons.ContainsKey(key);
            if (result.Passed && listed)
                lines.Add($"passes but is listed as failing: {key}");
            else if (!result.Passed && !listed)
                lines.Add($"fails and is not listed: {key}: {result.Kind}, {result.Verdict.Op}: {result.Text}");
        }
        return lines;
    }

    /// <summary>Lists what failed and strikes what passed; a case that failed before keeps its reason.</summary>
    internal void Update(Mode mode, IReadOnlyList<Result> results)
    {
        foreach (var result in results)
        {
            if (result.Passed)
                reasons.Remove(Key(mode, result.Name));
            else
                reasons.TryAdd(Key(mode, result.Name), result.Summary);
        }
    }

    /// <summary>Writes the list in the order of the names.</summary>
    internal void Write(string path) => File.WriteAllLines(path, reasons.Select(r => $"{r.Key}\t{r.Value}"));
}
