using System.Globalization;
using System.Numerics;
using Google.Protobuf.Reflection;

namespace Engine.Io.Text;

/// <summary>Numbers, truth values and enums of protobuf text.</summary>
internal static class TextNumbers
{
    /// <summary>The value of a field, boxed as its accessor wants it; null when the token is none or out of range.</summary>
    internal static object? Parse(FieldDescriptor field, string token) => field.FieldType switch
    {
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => Integer(token) is { } v && v >= int.MinValue && v <= int.MaxValue ? (int)v : null,
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => Integer(token) is { } v && v >= long.MinValue && v <= long.MaxValue ? (long)v : null,
        FieldType.UInt32 or FieldType.Fixed32 => Integer(token) is { } v && v >= 0 && v <= uint.MaxValue ? (uint)v : null,
        FieldType.UInt64 or FieldType.Fixed64 => Integer(token) is { } v && v >= 0 && v <= ulong.MaxValue ? (ulong)v : null,
        FieldType.Float => Float(token) is { } v ? Narrow(v, token) : null,
        FieldType.Double => Float(token),
        FieldType.Bool => token switch
        {
            "true" or "True" or "t" or "1" => true,
            "false" or "False" or "f" or "0" => false,
            _ => null,
        },
        FieldType.Enum => field.EnumType.FindValueByName(token) is { } named ? named.Number
            : Integer(token) is { } v && v >= int.MinValue && v <= int.MaxValue ? (int)v : null,
        _ => null,
    };

    /// <summary>A number as Python prints it, the shortest that reads back as the same: <c>1.0</c>, <c>1e-07</c>, <c>inf</c>.</summary>
    internal static string Print(double value)
    {
        if (double.IsNaN(value))
            return "nan";
        if (double.IsInfinity(value))
            return value > 0 ? "inf" : "-inf";
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var sign = shortest[0] == '-' ? "-" : "";
        var parts = shortest[sign.Length..].Split('E');
        var point = parts[0].IndexOf('.') is var p && p < 0 ? parts[0].Length : p;
        var all = parts[0].Replace(".", "", StringComparison.Ordinal);
        var significant = all.TrimStart('0');
        var exponent = point - 1 - (all.Length - significant.Length) + (parts.Length > 1 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0);
        var digits = significant.TrimEnd('0');
        if (digits.Length == 0)
            return sign + "0.0";
        if (exponent is < -4 or >= 16)
            return $"{sign}{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : "")}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        if (exponent < 0)
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        return digits.Length <= exponent + 1
            ? $"{sign}{digits.PadRight(exponent + 1, '0')}.0"
            : $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    /// <summary>A binary32 with the fewest digits that read back as the same.</summary>
    internal static string Print(float value)
        => Print(double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));

    private static BigInteger? Integer(string token)
    {
        // Longer ones are out of every range; parsing them would take quadratic time.
        if (token.Length is 0 or > 70)
            return null;
        var negative = token[0] == '-';
        var digits = negative ? token.AsSpan(1) : token;
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return BigInteger.TryParse(string.Concat("0", digits[2..]), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) && digits.Length > 2
                ? negative ? -hex : hex
                : null;
        if (digits.Length > 1 && digits[0] == '0')
            return Octal(digits[1..]) is { } octal ? negative ? -octal : octal : null;
        return BigInteger.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? negative ? -value : value : null;
    }

    private static BigInteger? Octal(ReadOnlySpan<char> digits)
    {
        var value = BigInteger.Zero;
        foreach (var c in digits)
        {
            if (c is < '0' or > '7')
                return null;
            value = value * 8 + (c - '0');
        }
        return value;
    }

    private static double? Float(string token)
    {
        var negative = token.StartsWith('-');
        var body = negative ? token[1..] : token;
        double? value = body.ToLowerInvariant() switch
        {
            "inf" or "infinity" or "inff" or "infinityf" => double.PositiveInfinity,
            "nan" or "nanf" => double.NaN,
            var b when b.Length > 0 && (char.IsAsciiDigit(b[0]) || b[0] == '.') && double.TryParse(b.TrimEnd('f'),
                NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var v) => v,
            _ => null,
        };
        return negative ? -value : value;
    }

    // Rounded once, from the decimal digits, where these fit a binary64 anyway.
    private static float Narrow(double value, string token)
        => float.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var direct) ? direct : (float)value;
}
