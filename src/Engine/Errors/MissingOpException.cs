namespace Engine;

/// <summary>The graph needs op types that nobody has registered; all of them are reported at once, with counts.</summary>
public sealed class MissingOpException : EngineException
{
    /// <summary>An error that lists the missing op types and how many nodes need each.</summary>
    public MissingOpException(IReadOnlyDictionary<string, int> counts)
        : base(StatusCode.NotFound, "Op types not registered: " + string.Join(", ", counts.OrderBy(c => c.Key, StringComparer.Ordinal)
            .Select(c => $"{c.Key} ({c.Value} node{(c.Value == 1 ? "" : "s")})")))
        => Counts = counts;

    /// <summary>Missing op types and the number of nodes of each.</summary>
    public IReadOnlyDictionary<string, int> Counts { get; }
}
