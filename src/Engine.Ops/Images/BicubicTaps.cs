namespace Engine.Ops.Images;

/// <summary>Cubic interpolation of the four neighbours of a position, by weights tabulated at 1,024 fractions.</summary>
internal static class BicubicTaps
{
    private const int TableSize = 1024;

    // Keys' kernel for pixel centres; graphs without them keep the sharper one of early versions.
    private static readonly float[] Keys = Tabulate(-0.5);
    private static readonly float[] Sharper = Tabulate(-0.75);

    public static Taps Make(in ResizeGeometry geometry, int input, int output)
    {
        var scale = geometry.Scale(input, output);
        var taps = new Taps(output, 4);
        Span<float> weights = stackalloc float[4];
        for (var x = 0; x < output; x++)
        {
            var source = geometry.Source(x, scale);
            var floor = (long)MathF.Floor(source);
            var offset = (int)MathF.Round((source - floor) * TableSize, MidpointRounding.ToEven);
            var table = geometry.HalfPixelCenters ? Keys : Sharper;
            weights[0] = table[(offset * 2) + 1];
            weights[1] = table[offset * 2];
            weights[2] = table[(TableSize - offset) * 2];
            weights[3] = table[((TableSize - offset) * 2) + 1];
            if (geometry.HalfPixelCenters)
                DropOutside(weights, floor - 1, input);
            for (var k = 0; k < 4; k++)
                taps.Add(x, (int)Math.Clamp(floor - 1 + k, 0, input - 1), weights[k]);
        }
        return taps;
    }

    /// <summary>Pixels outside the image do not count, and the other weights sum to 1.</summary>
    private static void DropOutside(Span<float> weights, long first, int input)
    {
        var sum = 0f;
        for (var k = 0; k < weights.Length; k++)
        {
            if (first + k < 0 || first + k >= input)
                weights[k] = 0;
            sum += weights[k];
        }
        if (MathF.Abs(sum) < 1000 * 1.17549435e-38f)
            return;
        for (var k = 0; k < weights.Length; k++)
            weights[k] *= 1 / sum;
    }

    private static float[] Tabulate(double a)
    {
        var table = new float[(TableSize + 1) * 2];
        for (var i = 0; i <= TableSize; i++)
        {
            var x = i / (double)TableSize;
            table[i * 2] = (float)(((((a + 2) * x) - (a + 3)) * x * x) + 1);
            x++;
            table[(i * 2) + 1] = (float)((((((a * x) - (5 * a)) * x) + (8 * a)) * x) - (4 * a));
        }
        return table;
    }
}
