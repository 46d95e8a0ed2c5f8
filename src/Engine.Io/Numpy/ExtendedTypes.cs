using System.Globalization;

namespace Engine.Io.Numpy;

/// <summary>Types that numpy itself lacks and TensorFlow adds to it: bfloat16, 8-bit floats, 4-bit integers. They print without alignment.</summary>
internal static class ExtendedTypes
{
    internal static string Format(NdArray array, long index) => array.Data is long[] integers
        ? integers[index].ToString(CultureInfo.InvariantCulture)
        : General(array.Floats[index]);

    /// <summary>C's <c>%g</c>: six digits, trailing zeros dropped.</summary>
    private static string General(double value)
    {
        if (double.IsNaN(value))
            return "nan";
        if (double.IsInfinity(value))
            return value < 0 ? "-inf" : "inf";
        if (value == 0)
            return double.IsNegative(value) ? "-0" : "0";
        var scientific = value.ToString("E5", CultureInfo.InvariantCulture);
        var at = scientific.IndexOf('E');
        var exponent = int.Parse(scientific.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (exponent is >= -4 and < 6)
            return TrimZeros(value.ToString($"F{5 - exponent}", CultureInfo.InvariantCulture));
        return $"{TrimZeros(scientific[..at])}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    private static string TrimZeros(string text) => text.Contains('.') ? text.TrimEnd('0').TrimEnd('.') : text;
}
