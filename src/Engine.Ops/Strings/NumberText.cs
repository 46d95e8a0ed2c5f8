using System.Globalization;
using System.Numerics;

namespace Engine.Ops.Strings;

/// <summary>Numbers in text, as TensorFlow's <c>strings::safe_strto…</c> read them.</summary>
internal static class NumberText
{
    // TensorFlow's parsers of floats hold the text in a buffer of this size.
    private const int FloatBuffer = 32;

    /// <summary>A decimal integer: whitespace around it and a minus sign are allowed, a plus sign is not; false when it does not fit.</summary>
    internal static bool TryInteger<T>(ReadOnlySpan<byte> text, out T value) where T : struct, IBinaryInteger<T>
    {
        text = Whitespace.Trim(text);
        value = default;
        // .NET would pass over NULs at the end.
        return text.Length > 0 && text[0] != '+' && text[^1] != 0 && T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>A float; denormal results are 0, as TensorFlow's threads have it.</summary>
    internal static bool TrySingle(ReadOnlySpan<byte> text, out float value)
    {
        if (!TryFloat(text, out value, out var isHexadecimal, out var hexadecimal))
            return false;
        if (isHexadecimal)
            value = (float)hexadecimal;
        if (float.IsSubnormal(value))
            value = value < 0 ? -0f : 0f;
        return true;
    }

    /// <summary>A double.</summary>
    internal static bool TryDouble(ReadOnlySpan<byte> text, out double value)
    {
        if (!TryFloat(text, out value, out var isHexadecimal, out var hexadecimal))
            return false;
        if (isHexadecimal)
            value = hexadecimal;
        return true;
    }

    private static bool TryFloat<T>(ReadOnlySpan<byte> text, out T value, out bool isHexadecimal, out double hexadecimal) where T : struct, IBinaryFloatingPointIeee754<T>
    {
        value = T.Zero;
        isHexadecimal = false;
        hexadecimal = 0;
        if (text.IsEmpty || text.Length >= FloatBuffer)
            return false;
        text = Whitespace.Trim(text);
        if (text.IsEmpty)
            return true;
        var isNegative = text[0] == '-';
        var digits = text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
        if (EqualsIgnoringCase(digits, "inf"u8))
            value = isNegative ? T.NegativeInfinity : T.PositiveInfinity;
        else if (EqualsIgnoringCase(digits, "nan"u8))
            value = isNegative ? -T.NaN : T.NaN;
        else if (digits.Length > 2 && digits[0] == '0' && digits[1] is (byte)'x' or (byte)'X')
        {
            isHexadecimal = true;
            if (!TryHexadecimal(digits[2..], out hexadecimal))
                return false;
            hexadecimal = isNegative ? -hexadecimal : hexadecimal;
        }
        else
        {
            // .NET reads "∞" and other words too: only what begins like a number is passed on.
            return digits.Length > 0 && digits[^1] != 0 && (char.IsAsciiDigit((char)digits[0]) || digits[0] == '.')
                && T.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
        }
        return true;
    }

    private static bool TryHexadecimal(ReadOnlySpan<byte> digits, out double value)
    {
        value = 0;
        foreach (var c in digits)
        {
            if (!char.IsAsciiHexDigit((char)c))
                return false;
            value = value * 16 + (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
        }
        return digits.Length > 0;
    }

    private static bool EqualsIgnoringCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => System.Text.Ascii.EqualsIgnoreCase(text, word);
}
