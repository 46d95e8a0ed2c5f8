namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>
/// Estimates the low coefficients that an incomplete progressive file does not tell from the DC coefficients of 5 by 5 blocks
/// (annex K.8 of the standard, widened as libjpeg-turbo does).
/// </summary>
internal sealed class BlockSmoothing
{
    private readonly JpegFrame frame;
    private readonly JpegComponent component;
    private readonly int lastGoodRow;
    private readonly int[] earlier;

    /// <param name="frame">The frame.</param>
    /// <param name="component">The component to smooth.</param>
    /// <param name="scans">The scans that were read.</param>
    /// <param name="lastGoodRow">The last row of MCUs that the last scan had data for: below it, what was known before that scan counts.</param>
    public BlockSmoothing(JpegFrame frame, JpegComponent component, int scans, int lastGoodRow)
    {
        (this.frame, this.component, this.lastGoodRow) = (frame, component, lastGoodRow);
        earlier = scans > 1 ? component.EarlierKnownBits : [-1, -1, -1, -1, -1, -1, -1, -1, -1, -1];
    }

    /// <summary>Row-major positions of the estimated coefficients: 01, 10, 20, 11, 02, then 03, 12, 21, 30.</summary>
    private static ReadOnlySpan<byte> Positions => [0, 1, 8, 16, 9, 2, 3, 10, 17, 24];

    /// <summary>Weights of the 25 DC coefficients, in 256ths, where no AC coefficient is known.</summary>
    private static readonly short[][] DcOnly =
    [
        [-2, -6, -8, -6, -2, -6, 6, 42, 6, -6, -8, 42, 152, 42, -8, -6, 6, 42, 6, -6, -2, -6, -8, -6, -2],
        [-1, -1, 0, 1, 1, -3, 13, 0, -13, 3, -3, 38, 0, -38, 3, -3, 13, 0, -13, 3, -1, -1, 0, 1, 1],
        [-1, -3, -3, -3, -1, -1, 13, 38, 13, -1, 0, 0, 0, 0, 0, 1, -13, -38, -13, 1, 1, 3, 3, 3, 1],
        [0, 0, 1, 0, 0, 0, 2, 7, 2, 0, 0, -5, -14, -5, 0, 0, 2, 7, 2, 0, 0, 0, 1, 0, 0],
        [-1, 0, 0, 0, 1, 0, 9, 0, -9, 0, 0, 0, 0, 0, 0, 0, -9, 0, 9, 0, 1, 0, 0, 0, -1],
        [0, 0, 0, 0, 0, 0, 2, -5, 2, 0, 1, 7, -14, 7, 1, 0, 2, -5, 2, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 1, 0, -1, 0, 0, 2, 0, -2, 0, 0, 1, 0, -1, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 1, -3, 1, 0, 0, 0, 0, 0, 0, 0, -1, 3, -1, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 1, 0, -1, 0, 0, -3, 0, 3, 0, 0, 1, 0, -1, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 1, 2, 1, 0, 0, 0, 0, 0, 0, 0, -1, -2, -1, 0, 0, 0, 0, 0, 0],
    ];

    /// <summary>The same where some AC coefficients are known.</summary>
    private static readonly short[][] WithAc =
    [
        [],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -7, 50, 0, -50, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [0, 0, -7, 0, 0, 0, 0, 50, 0, 0, 0, 0, 0, 0, 0, 0, 0, -50, 0, 0, 0, 0, 7, 0, 0],
        [0, 0, -1, 0, 0, 0, 0, 13, 0, 0, 0, 0, -24, 0, 0, 0, 0, 13, 0, 0, 0, 0, -1, 0, 0],
        [0, -1, 0, 1, 0, -1, 10, 0, -10, 1, 0, 0, 0, 0, 0, 1, -10, 0, 10, -1, 0, 1, 0, -1, 0],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 13, -24, 13, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ];

    /// <summary>Whether every component's DC coefficients are known and some of the low AC coefficients are not exact.</summary>
    public static bool IsUseful(JpegFrame frame)
    {
        var isUseful = false;
        foreach (var c in frame.Components)
        {
            if (c.Quantization is not { } factors || c.KnownBits[0] < 0)
                return false;
            foreach (var position in Positions)
            {
                if (factors[position] == 0)
                    return false;
            }
            isUseful |= c.KnownBits.AsSpan(1).ContainsAnyExcept(0);
        }
        return isUseful;
    }

    /// <summary>Transforms all blocks of the component.</summary>
    public void Transform(InverseTransform transform)
    {
        var c = component;
        Span<short> work = stackalloc short[64];
        Span<int> dc = stackalloc int[25];
        var coefficients = c.Coefficients!;
        for (var row = 0; row < frame.McusDown; row++)
        {
            var known = row > lastGoodRow ? earlier : c.KnownBits;
            var isDcOnly = !known.AsSpan(1).ContainsAnyExcept(-1);
            var isLast = row == frame.McusDown - 1;
            var blockRows = isLast ? c.BlocksDown - (row * c.Vertical) : c.Vertical;
            // In the last row of MCUs, blocks that only fill it up are not looked at.
            var rowsInImage = isLast ? c.BlocksDown : c.Vertical * frame.McusDown;
            for (var y = row * c.Vertical; y < (row * c.Vertical) + blockRows; y++)
            {
                for (var x = 0; x < c.BlocksAcross; x++)
                {
                    coefficients.AsSpan(64 * ((y * c.BlockStride) + x), 64).CopyTo(work);
                    for (var i = 0; i < 25; i++)
                    {
                        var (ny, nx) = (Math.Clamp(y + (i / 5) - 2, 0, rowsInImage - 1), Math.Clamp(x + (i % 5) - 2, 0, c.BlocksAcross - 1));
                        dc[i] = coefficients[64 * ((ny * c.BlockStride) + nx)];
                    }
                    Estimate(work, dc, known, isDcOnly);
                    transform.Invoke(work, c.Samples.AsSpan((y * c.BlockSize * c.SampleStride) + (x * c.BlockSize)), c.SampleStride);
                }
            }
        }
    }

    private void Estimate(Span<short> work, ReadOnlySpan<int> dc, int[] known, bool isDcOnly)
    {
        var factors = component.Quantization!;
        var kernels = isDcOnly ? DcOnly : WithAc;
        for (var k = 1; k < kernels.Length; k++)
        {
            var position = Positions[k];
            if (known[k] != 0 && work[position] == 0)
                work[position] = (short)Prediction(kernels[k], dc, factors[0], factors[position], known[k]);
        }
        if (isDcOnly)
            work[0] = (short)Prediction(kernels[0], dc, factors[0], factors[0], 0);
    }

    /// <summary>The weighted sum in units of the coefficient's own factor, rounded, and less than what is known to be the lowest bit.</summary>
    private static int Prediction(short[] weights, ReadOnlySpan<int> dc, int dcFactor, int factor, int lowBits)
    {
        var sum = 0L;
        for (var i = 0; i < 25; i++)
            sum += weights[i] * dc[i];
        sum *= dcFactor;
        var size = (int)((((long)factor << 7) + Math.Abs(sum)) / ((long)factor << 8));
        if (lowBits > 0)
            size = Math.Min(size, (1 << lowBits) - 1);
        return sum < 0 ? -size : size;
    }
}
