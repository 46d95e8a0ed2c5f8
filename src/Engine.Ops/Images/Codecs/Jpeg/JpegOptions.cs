namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>How to decode a JPEG image.</summary>
internal sealed record JpegOptions
{
    /// <summary>1 for gray, 3 for colours, 0 for what the file has.</summary>
    public int Channels { get; init; }

    /// <summary>1, 2, 4 or 8: how many times smaller the image becomes.</summary>
    public int Ratio { get; init; } = 1;

    /// <summary>Whether subsampled colours are interpolated.</summary>
    public bool SmoothUpsampling { get; init; } = true;

    public bool RecoverTruncated { get; init; }

    /// <summary>The share of the rows that must be there.</summary>
    public float AcceptableFraction { get; init; } = 1;

    public bool FastTransform { get; init; } = true;

    /// <summary>The part of the image to decode, or null for the whole.</summary>
    public (int Y, int X, int Height, int Width)? Crop { get; init; }
}
