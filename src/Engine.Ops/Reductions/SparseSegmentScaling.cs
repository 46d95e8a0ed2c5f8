namespace Engine.Ops.Reductions;

/// <summary>By what the sum of a segment's rows is divided.</summary>
internal enum SparseSegmentScaling
{
    /// <summary>Nothing: a sum.</summary>
    None,

    /// <summary>The number of rows: a mean.</summary>
    Count,

    /// <summary>The square root of the number of rows.</summary>
    RootCount,
}
