namespace Engine.Io.MetaGraphs;

/// <summary>What of a graph goes into a MetaGraphDef.</summary>
internal sealed record MetaGraphExport
{
    internal SaverDef? Saver { get; init; }

    /// <summary>The collections; all when null.</summary>
    internal IReadOnlyList<string>? Collections { get; init; }

    /// <summary>The scope of names; the whole graph when null.</summary>
    internal string? Scope { get; init; }

    internal bool ClearDevices { get; init; }

    internal bool ClearExtraneousSavers { get; init; }

    internal bool StripDefaultAttrs { get; init; }

    /// <summary>Whether every node gets the shapes of its outputs, <c>_output_shapes</c>.</summary>
    internal bool AddShapes { get; init; }

    internal IReadOnlyList<string> Tags { get; init; } = [];
}
