using System.Globalization;
using System.Numerics;
using System.Text;

namespace Engine.Io.Numpy;

/// <summary>
/// Decimal digits of floating-point numbers as numpy prints them: the shortest that read back in their own type, or cut to a number of digits,
/// rounded from the exact binary value, ties to the even digit.
/// </summary>
internal static class FloatDigits
{
    /// <summary>What <c>str</c> of a scalar is: positional from 1e-4 to 1e16, else scientific.</summary>
    internal static string Scalar(double value, DType type, bool isPart = false, bool sign = false)
    {
        if (double.IsNaN(value))
            return sign ? "+nan" : "nan";
        if (double.IsInfinity(value))
            return value < 0 ? "-inf" : sign ? "+inf" : "inf";
        var magnitude = Math.Abs(value);
        return magnitude == 0 || magnitude is < 1e16 and >= 1e-4
            ? Positional(value, type, precision: null, unique: true, trim: isPart ? '-' : '0', sign)
            : Scientific(value, type, precision: null, unique: true, trim: '-', sign);
    }

    /// <summary>A number without exponent.</summary>
    /// <param name="value">A finite number.</param>
    /// <param name="type">Its type: the shortest digits depend on it.</param>
    /// <param name="precision">Digits behind the point at most, or null.</param>
    /// <param name="unique">Whether digits end where they tell the number from its neighbours.</param>
    /// <param name="trim"><c>k</c>: nothing is trimmed; <c>.</c>: trailing zeros; <c>0</c>: all but one; <c>-</c>: the point as well.</param>
    /// <param name="sign">Whether positive numbers have a sign.</param>
    /// <param name="minDigits">Digits behind the point at least: beyond the shortest form they are those of the exact value.</param>
    /// <param name="padLeft">Width before the point.</param>
    /// <param name="padRight">Width behind the point.</param>
    internal static string Positional(double value, DType type, int? precision, bool unique, char trim, bool sign, int? minDigits = null, int padLeft = 0, int padRight = 0)
    {
        var (digits, exponent) = Shortest(Math.Abs(value), type);
        // Digits behind the point that the shortest form has.
        var fraction = Math.Max(0, digits.Length - 1 - exponent);
        string whole, part;
        var cut = !unique ? precision : Cut(fraction, precision, minDigits);
        if (cut is { } places)
        {
            var scaled = Text(Rounded(Math.Abs(value), places)).PadLeft(places + 1, '0');
            whole = scaled[..^places];
            part = scaled[^places..];
        }
        else if (exponent < 0)
        {
            whole = "0";
            part = new string('0', -exponent - 1) + digits;
        }
        else if (digits.Length <= exponent + 1)
        {
            whole = digits + new string('0', exponent + 1 - digits.Length);
            part = "";
        }
        else
        {
            whole = digits[..(exponent + 1)];
            part = digits[(exponent + 1)..];
        }
        part = Trim(part, trim, out var point);
        var text = new StringBuilder();
        var signed = double.IsNegative(value) ? "-" : sign ? "+" : "";
        text.Append(' ', Math.Max(0, padLeft - signed.Length - whole.Length)).Append(signed).Append(whole).Append(point).Append(part);
        return text.Append(' ', Math.Max(0, padRight - part.Length)).ToString();
    }

    /// <summary>A number with exponent, of two digits at least.</summary>
    internal static string Scientific(double value, DType type, int? precision, bool unique, char trim, bool sign, int? minDigits = null, int padLeft = 0, int exponentDigits = 2)
    {
        var (digits, exponent) = Shortest(Math.Abs(value), type);
        var cut = !unique ? precision : Cut(digits.Length - 1, precision, minDigits);
        if (cut is { } places)
        {
            var scaled = Text(Rounded(Math.Abs(value), places - exponent)).PadLeft(places + 1, '0');
            if (scaled.Length > places + 1)
                exponent++;
            digits = scaled[..(places + 1)];
        }
        var part = Trim(digits[1..], trim, out var point);
        var signed = double.IsNegative(value) ? "-" : sign ? "+" : "";
        var text = new StringBuilder().Append(' ', Math.Max(0, padLeft - signed.Length - 1)).Append(signed).Append(digits[0]).Append(point).Append(part);
        text.Append('e').Append(exponent < 0 ? '-' : '+');
        return text.Append(Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).PadLeft(Math.Max(2, exponentDigits), '0')).ToString();
    }

    /// <summary>To how many digits the exact value is rounded: to fewer than the shortest form has, or to more where that many are wanted; null if to neither.</summary>
    private static int? Cut(int shortest, int? precision, int? minDigits) => precision is { } most && shortest > most ? most : minDigits is { } least && shortest < least ? least : null;

    private static string Trim(string part, char trim, out string point)
    {
        point = ".";
        if (trim == 'k')
            return part;
        part = part.TrimEnd('0');
        if (part.Length == 0)
        {
            if (trim == '0')
                return "0";
            if (trim == '-')
                point = "";
        }
        return part;
    }

    /// <summary>The shortest digits that read back, and the exponent of the first one.</summary>
    private static (string Digits, int Exponent) Shortest(double value, DType type)
    {
        if (value == 0)
            return ("0", 0);
        var text = type switch
        {
            DType.Float32 => ((float)value).ToString("R", CultureInfo.InvariantCulture),
            DType.Float16 => ((Half)value).ToString("R", CultureInfo.InvariantCulture),
            _ => value.ToString("R", CultureInfo.InvariantCulture),
        };
        var exponent = 0;
        var mantissa = text.AsSpan();
        if (mantissa.IndexOf('E') is var e and >= 0)
        {
            exponent = int.Parse(mantissa[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            mantissa = mantissa[..e];
        }
        var dot = mantissa.IndexOf('.');
        var digits = dot < 0 ? mantissa.ToString() : string.Concat(mantissa[..dot], mantissa[(dot + 1)..]);
        exponent += (dot < 0 ? mantissa.Length : dot) - 1;
        var zeros = digits.Length - digits.AsSpan().TrimStart('0').Length;
        digits = digits[zeros..].TrimEnd('0');
        return (digits, exponent - zeros);
    }

    // Formatting a large integer is slow, and slow to begin.
    private static string Text(BigInteger digits)
        => digits <= ulong.MaxValue ? ((ulong)digits).ToString(CultureInfo.InvariantCulture) : digits.ToString(CultureInfo.InvariantCulture);

    /// <summary>The exact value times a power of ten, rounded to an integer, ties to even.</summary>
    private static BigInteger Rounded(double value, int power)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7ff);
        var mantissa = bits & 0xfffffffffffffL;
        if (exponent == 0)
            exponent = 1;
        else
            mantissa |= 1L << 52;
        exponent -= 1075;
        BigInteger numerator = mantissa;
        var denominator = BigInteger.One;
        if (exponent >= 0)
            numerator <<= exponent;
        else
            denominator <<= -exponent;
        if (power >= 0)
            numerator *= BigInteger.Pow(10, power);
        else
            denominator *= BigInteger.Pow(10, -power);
        var quotient = BigInteger.DivRem(numerator, denominator, out var rest);
        var half = (rest << 1).CompareTo(denominator);
        return half > 0 || (half == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }
}
