namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>How to encode a JPEG image.</summary>
internal sealed record JpegEncoding
{
    public int Quality { get; init; } = 95;

    public bool IsProgressive { get; init; }

    /// <summary>Whether Huffman tables are made for the image.</summary>
    public bool OptimizesSize { get; init; }

    /// <summary>Whether colours have half the resolution of the luminance.</summary>
    public bool DownsamplesColors { get; init; } = true;

    /// <summary>1 for dots per inch, 2 for dots per centimetre.</summary>
    public byte DensityUnit { get; init; } = 1;

    public ushort DensityX { get; init; } = 300;

    public ushort DensityY { get; init; } = 300;

    /// <summary>An XMP packet to put into the file; empty for none.</summary>
    public byte[] Metadata { get; init; } = [];
}
