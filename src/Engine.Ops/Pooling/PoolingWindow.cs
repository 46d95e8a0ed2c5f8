namespace Engine.Ops.Pooling;

/// <summary>The input pixels under a window, those outside left out.</summary>
internal readonly struct PoolingWindow(
    long firstPlane, long z0, long z1, long y0, long y1, long x0, long x1, long height, long width)
{
    /// <summary>Pixels of the window.</summary>
    public long Count => (z1 - z0) * Lines * LineLength;

    /// <summary>Planes times lines: how often <see cref="Line"/> answers.</summary>
    public long TotalLines => (z1 - z0) * Lines;

    /// <summary>Pixels of each line.</summary>
    public long LineLength => x1 - x0;

    private long Lines => y1 - y0;

    /// <summary>The first pixel of a line of the window, counted over all images.</summary>
    public long Line(long index)
    {
        long z = z0 + (index / Lines);
        long y = y0 + (index % Lines);
        return ((((firstPlane + z) * height) + y) * width) + x0;
    }
}
