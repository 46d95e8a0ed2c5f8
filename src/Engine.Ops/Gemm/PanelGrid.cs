namespace Engine.Ops.Gemm;

/// <summary>
/// Where the panels of a packed matrix begin: each as wide as a tile, but the last two share what they have where the last would be a single vector, whose sums
/// are too few to keep the multipliers busy.
/// </summary>
internal readonly struct PanelGrid
{
    private readonly long _columns;
    private readonly long _panelColumns;
    private readonly long _lastStart;

    /// <summary>Divides <paramref name="columns"/> for tiles of so many vectors.</summary>
    /// <param name="columns">Columns of the matrix.</param>
    /// <param name="width">Elements of a vector.</param>
    /// <param name="tileVectors">Vectors of a tile.</param>
    public PanelGrid(long columns, int width, int tileVectors)
    {
        _columns = columns;
        _panelColumns = (long)width * tileVectors;
        long vectors = (columns + width - 1) / width;
        Count = (vectors + tileVectors - 1) / tileVectors;
        long last = vectors - ((Count - 1) * tileVectors);
        if (last == 1 && Count > 1 && tileVectors > 2)
            last = (tileVectors + 1) / 2;
        _lastStart = (vectors - last) * width;
    }

    /// <summary>Number of panels.</summary>
    public long Count { get; }

    /// <summary>The first column of a panel; for <see cref="Count"/> the number of columns.</summary>
    public long Start(long panel) => panel < Count - 1 ? panel * _panelColumns : panel < Count ? _lastStart : _columns;
}
