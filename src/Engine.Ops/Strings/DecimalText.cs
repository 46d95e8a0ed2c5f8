using System.Globalization;
using System.Numerics;
using System.Text;

namespace Engine.Ops.Strings;

/// <summary>Doubles as C's <c>printf</c> writes them: the exact value, rounded half to even at the last digit asked for.</summary>
internal static class DecimalText
{
    // A double has no more digits behind the point than this: what is asked for beyond is zeros.
    private const int MaxFraction = 1074;

    /// <summary>The digits of |value| as <c>%f</c>: <c>123.450</c>.</summary>
    internal static string Fixed(double value, int precision)
    {
        var digits = Scaled(value, Math.Min(precision, MaxFraction)).ToString(CultureInfo.InvariantCulture);
        var kept = Math.Min(precision, MaxFraction);
        digits = digits.PadLeft(kept + 1, '0');
        var text = new StringBuilder(digits, 0, digits.Length - kept, digits.Length + 16);
        if (precision > 0)
            text.Append('.').Append(digits, digits.Length - kept, kept).Append('0', precision - kept);
        return text.ToString();
    }

    /// <summary>The digits of |value| as <c>%e</c>: <c>1.234500e+02</c>.</summary>
    internal static string Scientific(double value, int precision)
    {
        var (digits, exponent) = Digits(value, Math.Min(precision, MaxFraction) + 1);
        var text = new StringBuilder();
        text.Append(digits[0]);
        if (precision > 0)
            text.Append('.').Append(digits, 1, digits.Length - 1).Append('0', precision - digits.Length + 1);
        return text.Append('e').Append(exponent < 0 ? '-' : '+').Append(Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)).ToString();
    }

    /// <summary>The digits of |value| as <c>%g</c>, or <c>%#g</c> when trailing zeros are kept.</summary>
    internal static string General(double value, int precision, bool keepZeros = false)
    {
        precision = Math.Max(precision, 1);
        var (_, exponent) = Digits(value, Math.Min(precision, MaxFraction));
        var isScientific = exponent < -4 || exponent >= precision;
        var text = isScientific ? Scientific(value, precision - 1) : Fixed(value, precision - 1 - exponent);
        if (keepZeros || !text.Contains('.', StringComparison.Ordinal))
            return text;
        var end = isScientific ? text.IndexOf('e', StringComparison.Ordinal) : text.Length;
        return text[..end].TrimEnd('0').TrimEnd('.') + text[end..];
    }

    /// <summary>A number as TensorFlow's <c>StrCat</c> writes floats: with as few digits as 6 (15) if they read back, else 9 (17).</summary>
    internal static string Shortish(double value, bool isSingle)
    {
        if (double.IsNaN(value))
            return "nan";
        if (double.IsInfinity(value))
            return value < 0 ? "-inf" : "inf";
        var sign = double.IsNegative(value) ? "-" : "";
        var text = sign + General(value, isSingle ? 6 : 15);
        var readsBack = isSingle ? float.Parse(text, CultureInfo.InvariantCulture) == (float)value : double.Parse(text, CultureInfo.InvariantCulture) == value;
        return readsBack ? text : sign + General(value, isSingle ? 9 : 17);
    }

    /// <summary>|value| * 10^power, rounded half to even.</summary>
    private static BigInteger Scaled(double value, int power)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var mantissa = bits & 0xFFFFFFFFFFFFF;
        (mantissa, exponent) = exponent == 0 ? (mantissa, -1074) : (mantissa | (1L << 52), exponent - 1075);
        var (top, bottom) = ((BigInteger)mantissa, BigInteger.One);
        if (power >= 0)
            top *= BigInteger.Pow(10, power);
        else
            bottom *= BigInteger.Pow(10, -power);
        if (exponent >= 0)
            top <<= exponent;
        else
            bottom <<= -exponent;
        var quotient = BigInteger.DivRem(top, bottom, out var rest);
        var half = (rest << 1).CompareTo(bottom);
        return half > 0 || (half == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }

    /// <summary>The first digits of |value|, and the power of ten of the first.</summary>
    private static (string Digits, int Exponent) Digits(double value, int count)
    {
        value = Math.Abs(value);
        if (value == 0)
            return (new string('0', count), 0);
        var exponent = (int)Math.Floor(Math.Log10(value));
        while (true)
        {
            var digits = Scaled(value, count - 1 - exponent).ToString(CultureInfo.InvariantCulture);
            if (digits.Length == count)
                return (digits, exponent);
            // The logarithm was one off, or rounding carried into a new digit.
            exponent += digits.Length > count ? 1 : -1;
        }
    }
}
