namespace Engine.Ops.Images;

/// <summary>Linear interpolation between the two neighbours of a position.</summary>
internal static class BilinearTaps
{
    /// <summary>The lower and upper neighbour of output <paramref name="x"/> and how far it lies from the lower.</summary>
    public static (int Lower, int Upper, float Fraction) At(in ResizeGeometry geometry, long x, float scale, int limit)
    {
        var source = geometry.Source(x, scale);
        var floor = MathF.Floor(source);
        return ((int)Math.Clamp(floor, 0, limit - 1), (int)Math.Clamp(MathF.Ceiling(source), 0, limit - 1), source - floor);
    }

    public static Taps Make(in ResizeGeometry geometry, int input, int output)
    {
        var scale = geometry.Scale(input, output);
        var taps = new Taps(output, 2);
        for (var x = 0; x < output; x++)
        {
            var (lower, upper, fraction) = At(geometry, x, scale, input);
            taps.Add(x, lower, 1 - fraction);
            taps.Add(x, upper, fraction);
        }
        return taps;
    }
}
