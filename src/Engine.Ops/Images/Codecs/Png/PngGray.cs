namespace Engine.Ops.Images.Codecs.Png;

/// <summary>Colours to gray, with the weights of ITU-R 601; in linear light where the file tells its gamma.</summary>
internal sealed class PngGray
{
    private const int Red = 9797;
    private const int Green = 19234;
    private const int Blue = 3737;

    private readonly bool isLinear;
    private readonly int depth;
    private readonly int shift;
    private readonly ushort[] toLight = [];
    private readonly ushort[] fromLight = [];

    /// <param name="file">The file.</param>
    /// <param name="isReduced">Whether samples of 16 bits become 8 afterwards.</param>
    public PngGray(PngFile file, bool isReduced)
    {
        depth = file.Header.Depth;
        // The opposite exponent as libpng rounds it.
        var inverse = file.Gamma > 0 ? (int)Math.Floor((1e10 / file.Gamma) + 0.5) : 100_000;
        isLinear = file.Gamma > 0 && (IsSignificant(file.Gamma) || IsSignificant(inverse));
        if (!isLinear)
            return;
        if (depth == 16)
        {
            shift = file.SignificantBits is > 0 and < 16 ? 16 - file.SignificantBits : 0;
            shift = Math.Min(isReduced ? Math.Max(shift, 5) : shift, 8);
        }
        toLight = Table(inverse);
        fromLight = Table((int)Math.Floor((1e10 / inverse) + 0.5));
    }

    public int Of(int r, int g, int b)
    {
        if (r == g && r == b)
            return r;
        if (isLinear)
        {
            var light = ((Red * toLight[r >> shift]) + (Green * toLight[g >> shift]) + (Blue * toLight[b >> shift]) + 16384) >> 15;
            return fromLight[light >> shift];
        }
        // Bytes are cut off, 16 bits are rounded.
        return ((Red * r) + (Green * g) + (Blue * b) + (depth == 16 ? 16384 : 0)) >> 15;
    }

    private static bool IsSignificant(int gamma) => gamma is < 95_000 or > 105_000;

    private ushort[] Table(int gamma)
    {
        var (max, top) = depth == 16 ? ((1 << (16 - shift)) - 1, 65535) : (255, 255);
        var table = new ushort[max + 1];
        for (var i = 0; i <= max; i++)
            table[i] = (ushort)Math.Floor((IsSignificant(gamma) ? top * Math.Pow(i / (double)max, gamma * 0.00001) : (double)i * top / max) + 0.5);
        return table;
    }
}
