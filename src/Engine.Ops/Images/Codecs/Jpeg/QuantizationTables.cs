namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>The quantization factors of the standard's annex K, for a quality of 0 to 100.</summary>
internal static class QuantizationTables
{
    private static ReadOnlySpan<byte> Luminance =>
    [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
    ];

    private static ReadOnlySpan<byte> Chrominance =>
    [
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    ];

    /// <summary>Factors row by row.</summary>
    public static byte[] Make(int quality, bool isLuminance)
    {
        quality = Math.Max(quality, 1);
        var percent = quality < 50 ? 5000 / quality : 200 - (quality * 2);
        var factors = (isLuminance ? Luminance : Chrominance).ToArray();
        for (var i = 0; i < factors.Length; i++)
            factors[i] = (byte)Math.Clamp(((factors[i] * percent) + 50) / 100, 1, 255);
        return factors;
    }
}
