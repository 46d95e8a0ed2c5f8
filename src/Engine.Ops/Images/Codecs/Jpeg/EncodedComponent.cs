namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>A component to encode: its quantized coefficients, whole MCUs of blocks.</summary>
internal sealed class EncodedComponent
{
    /// <param name="samples">The samples, <paramref name="width"/> by <paramref name="height"/>; blocks beyond them repeat the last column and row.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="sampling">Blocks of an MCU, across and down.</param>
    /// <param name="mcusAcross">MCUs in a row.</param>
    /// <param name="mcusDown">Rows of MCUs.</param>
    /// <param name="factors">Quantization factors.</param>
    public EncodedComponent(byte[] samples, int width, int height, int sampling, int mcusAcross, int mcusDown, byte[] factors)
    {
        Sampling = sampling;
        (BlocksAcross, BlocksDown) = ((width + 7) / 8, (height + 7) / 8);
        (BlockStride, BlockRows) = (mcusAcross * sampling, mcusDown * sampling);
        Coefficients = new short[64 * BlockStride * BlockRows];
        Span<int> work = stackalloc int[64];
        for (var y = 0; y < BlockRows; y++)
        {
            for (var x = 0; x < BlockStride; x++)
            {
                var block = Block(y, x);
                if (y >= BlocksDown || x >= BlocksAcross)
                {
                    // Blocks that only fill up an MCU cost least when their mean is that of the block coded before.
                    block[0] = Before(y, x)[0];
                    continue;
                }
                for (var i = 0; i < 64; i++)
                    work[i] = samples[(Math.Min((y * 8) + (i / 8), height - 1) * width) + Math.Min((x * 8) + (i % 8), width - 1)] - 128;
                ForwardTransform.Invoke(work);
                for (var i = 0; i < 64; i++)
                {
                    var divisor = factors[i] * 8;
                    var size = (Math.Abs(work[i]) + (divisor / 2)) / divisor;
                    block[i] = (short)(work[i] < 0 ? -size : size);
                }
            }
        }
    }

    public int Sampling { get; }

    public int BlocksAcross { get; }

    public int BlocksDown { get; }

    public int BlockStride { get; }

    public int BlockRows { get; }

    private short[] Coefficients { get; }

    public Span<short> Block(int y, int x) => Coefficients.AsSpan(64 * ((y * BlockStride) + x), 64);

    /// <summary>The block before a filling one in the order of its MCU, or of the row.</summary>
    private Span<short> Before(int y, int x) => x % Sampling != 0 || y % Sampling == 0 ? Block(y, x - 1) : Block(y - 1, x + Sampling - 1);
}
