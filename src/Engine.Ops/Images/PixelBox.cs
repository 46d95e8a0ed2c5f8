namespace Engine.Ops.Images;

/// <summary>A rectangle of pixels; right and bottom lie outside.</summary>
internal readonly record struct PixelBox(int Left, int Top, int Right, int Bottom)
{
    public int Width => Right - Left;

    public int Height => Bottom - Top;

    /// <summary>The pixels inside; negative for a rectangle whose sides are turned round.</summary>
    public float Area => (float)((long)Width * Height);

    /// <summary>The pixels that both have.</summary>
    public float Overlap(PixelBox other)
    {
        var common = new PixelBox(Math.Max(Left, other.Left), Math.Max(Top, other.Top), Math.Min(Right, other.Right), Math.Min(Bottom, other.Bottom));
        return common.Left > common.Right || common.Top > common.Bottom ? 0 : common.Area;
    }
}
