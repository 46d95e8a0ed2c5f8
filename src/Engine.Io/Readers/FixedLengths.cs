namespace Engine.Io.Readers;

/// <summary>The layout of a file of records of one length, in bytes.</summary>
/// <param name="Header">What comes before the records.</param>
/// <param name="Record">A record.</param>
/// <param name="Footer">What comes after the records.</param>
/// <param name="Hop">From the beginning of a record to that of the next; 0 for a record's length.</param>
internal readonly record struct FixedLengths(long Header, long Record, long Footer, long Hop)
{
    /// <summary>The first part that is negative or larger than a file in memory can be; null for none.</summary>
    internal string? Fault()
    {
        foreach (var (name, value) in ((string, long)[])[("header_bytes", Header), ("record_bytes", Record), ("footer_bytes", Footer), ("hop_bytes", Hop)])
        {
            if (value < 0)
                return $"{name} must be >= 0 not {value}";
            if (value > Array.MaxLength / 4)
                return $"{name} must be at most {Array.MaxLength / 4}, not {value}";
        }
        return null;
    }
}
