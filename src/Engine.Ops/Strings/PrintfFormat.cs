using System.Globalization;
using Engine.OpModel;

namespace Engine.Ops.Strings;

/// <summary>A conversion of C's <c>printf</c> with flag, width and precision.</summary>
internal sealed class PrintfFormat
{
    // What a string may be long before there is no use in it.
    private const int MaxLength = 1 << 28;

    private readonly char flag;
    private readonly int width;
    private readonly int precision;
    private readonly char conversion;

    /// <summary>A conversion.</summary>
    /// <param name="node">The node, for errors.</param>
    /// <param name="fill">The flag: empty, or one of blank, +, -, 0, #.</param>
    /// <param name="width">Least number of characters, -1 for no such limit.</param>
    /// <param name="precision">Digits, -1 for the conversion's own.</param>
    /// <param name="conversion">One of f, e, g for floats; d for the others.</param>
    internal PrintfFormat(KernelBuilder node, string fill, long width, long precision, char conversion)
    {
        if (fill.Length > 1)
            throw node.Fail($"Fill string must be one or fewer characters, got {fill}");
        if (fill.Length == 1 && !" +-0#".Contains(fill[0], StringComparison.Ordinal))
            throw node.Fail($"Fill argument not supported: \"{fill}\"");
        if (width > MaxLength || precision > MaxLength)
            throw node.Fail($"Width {width} or precision {precision} is too large");
        flag = fill.Length == 1 ? fill[0] : '\0';
        this.width = (int)Math.Max(width, 0);
        this.precision = (int)(precision < 0 ? 6 : precision);
        this.conversion = conversion;
    }

    /// <summary>A float.</summary>
    internal string Write(double value)
    {
        var isFinite = double.IsFinite(value);
        var digits = !isFinite ? (double.IsNaN(value) ? "nan" : "inf") : conversion switch
        {
            'f' => DecimalText.Fixed(value, precision),
            'e' => DecimalText.Scientific(value, precision),
            _ => DecimalText.General(value, precision, flag == '#'),
        };
        if (flag == '#' && isFinite && !digits.Contains('.', StringComparison.Ordinal))
        {
            var at = digits.IndexOf('e', StringComparison.Ordinal);
            digits = digits.Insert(at < 0 ? digits.Length : at, ".");
        }
        return Pad(double.IsNegative(value) && !double.IsNaN(value), digits, isFinite, isSigned: true);
    }

    /// <summary>A signed integer.</summary>
    internal string Write(long value) => Pad(value < 0, value.ToString(CultureInfo.InvariantCulture).TrimStart('-'), hasDigits: true, isSigned: true);

    /// <summary>An unsigned integer.</summary>
    internal string Write(ulong value) => Pad(false, value.ToString(CultureInfo.InvariantCulture), hasDigits: true, isSigned: false);

    /// <summary>Bytes: up to the first NUL, padded with blanks.</summary>
    internal byte[] Write(byte[] text)
    {
        var end = Array.IndexOf(text, (byte)0);
        var kept = text.AsSpan(0, end < 0 ? text.Length : end);
        if (kept.Length >= width)
            return kept.ToArray();
        var result = new byte[width];
        result.AsSpan().Fill((byte)' ');
        kept.CopyTo(result.AsSpan(flag == '-' ? 0 : width - kept.Length));
        return result;
    }

    private string Pad(bool isNegative, string digits, bool hasDigits, bool isSigned)
    {
        var sign = isNegative ? "-" : isSigned && flag is ('+' or ' ') ? flag.ToString() : "";
        if (flag == '0' && hasDigits)
            return sign + digits.PadLeft(Math.Max(width - sign.Length, 0), '0');
        return flag == '-' ? (sign + digits).PadRight(width) : (sign + digits).PadLeft(width);
    }
}
