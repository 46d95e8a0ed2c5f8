namespace Engine.Ops.Images;

/// <summary>The sampling positions of a box along one axis.</summary>
internal readonly struct CropAxis(float start, float end, long length, long size)
{
    private readonly float step = size > 1 ? (end - start) * (length - 1) / (size - 1) : 0;

    /// <summary>The position of a sample in pixels.</summary>
    public float Position(long sample) => size > 1 ? (start * (length - 1)) + (sample * step) : 0.5f * (start + end) * (length - 1);

    /// <summary>Whether a position lies in the image.</summary>
    public bool Contains(float position) => position >= 0 && position <= length - 1;

    /// <summary>How a sample's position moves with the start and the end of the box.</summary>
    public (float Start, float End) Sensitivity(long sample)
    {
        if (size <= 1)
            return (0.5f * (length - 1), 0.5f * (length - 1));
        var ratio = (length - 1) / (float)(size - 1);
        return (length - 1 - (sample * ratio), sample * ratio);
    }
}
