namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>One colour component of a frame.</summary>
internal sealed class JpegComponent
{
    public required int Index { get; init; }

    public required int Id { get; init; }

    /// <summary>Samples of this component, across and down, in one MCU of interleaved scans.</summary>
    public required int Horizontal { get; init; }

    public required int Vertical { get; init; }

    public required int QuantizationIndex { get; init; }

    public int DcTable { get; set; }

    public int AcTable { get; set; }

    /// <summary>The factors as they were when the component's first scan began; null before.</summary>
    public ushort[]? Quantization { get; set; }

    /// <summary>Blocks that carry pixels.</summary>
    public int BlocksAcross { get; set; }

    public int BlocksDown { get; set; }

    /// <summary>Blocks from one block row to the next in <see cref="Coefficients"/>: whole MCUs.</summary>
    public int BlockStride { get; set; }

    /// <summary>Block rows in <see cref="Coefficients"/>.</summary>
    public int BlockRows { get; set; }

    /// <summary>All coefficients, where a file has several scans.</summary>
    public short[]? Coefficients { get; set; }

    /// <summary>The precision each of the first 10 coefficients is known to: -1 not at all, 0 exactly, else the low bits that miss.</summary>
    public int[] KnownBits { get; } = [-1, -1, -1, -1, -1, -1, -1, -1, -1, -1];

    /// <summary><see cref="KnownBits"/> before the scan being read.</summary>
    public int[] EarlierKnownBits { get; } = [-1, -1, -1, -1, -1, -1, -1, -1, -1, -1];

    /// <summary>Whether the output needs this component.</summary>
    public bool IsNeeded { get; set; } = true;

    /// <summary>Width and height in samples of what one block becomes: 8, or less for images scaled while they are decoded.</summary>
    public int BlockSize { get; set; } = 8;

    /// <summary>The decoded samples, whole blocks.</summary>
    public byte[] Samples { get; set; } = [];

    public int SampleStride => BlockStride * BlockSize;
}
