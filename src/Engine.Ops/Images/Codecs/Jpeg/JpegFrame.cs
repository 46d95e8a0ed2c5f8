namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>What the start-of-frame segment says.</summary>
internal sealed class JpegFrame
{
    public JpegFrame(int width, int height, bool isProgressive, JpegComponent[] components)
    {
        (Width, Height, IsProgressive, Components) = (width, height, isProgressive, components);
        MaxHorizontal = components.Max(c => c.Horizontal);
        MaxVertical = components.Max(c => c.Vertical);
        McusAcross = DivideUp(width, 8 * MaxHorizontal);
        McusDown = DivideUp(height, 8 * MaxVertical);
        foreach (var c in components)
        {
            c.BlocksAcross = DivideUp(width * c.Horizontal, 8 * MaxHorizontal);
            c.BlocksDown = DivideUp(height * c.Vertical, 8 * MaxVertical);
            c.BlockStride = McusAcross * c.Horizontal;
            c.BlockRows = McusDown * c.Vertical;
        }
    }

    public int Width { get; }

    public int Height { get; }

    public bool IsProgressive { get; }

    public JpegComponent[] Components { get; }

    public int MaxHorizontal { get; }

    public int MaxVertical { get; }

    /// <summary>MCUs of interleaved scans.</summary>
    public int McusAcross { get; }

    public int McusDown { get; }

    public static int DivideUp(long value, int by) => (int)((value + by - 1) / by);
}
