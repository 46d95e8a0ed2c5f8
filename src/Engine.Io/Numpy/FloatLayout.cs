using Engine.Io.Python;

namespace Engine.Io.Numpy;

/// <summary>One layout for all floats of an array: with or without exponent, and the widths before and behind the point.</summary>
internal sealed class FloatLayout
{
    private readonly DType type;
    private readonly PrintOptions options;
    private readonly char sign;
    private readonly bool hasExponent;
    private readonly bool unique = true;
    private readonly int? precision;
    private readonly int? minDigits;
    private readonly char trim = '.';
    private readonly int padLeft;
    private readonly int padRight;
    private readonly int exponentDigits = -1;

    /// <param name="values">The elements that are shown.</param>
    /// <param name="type">Their type.</param>
    /// <param name="options">The options.</param>
    /// <param name="sign">Overrides the option's sign.</param>
    internal FloatLayout(IReadOnlyList<double> values, DType type, PrintOptions options, char? sign = null)
    {
        this.type = type;
        this.options = options;
        this.sign = sign ?? options.Sign;
        precision = options.FloatMode == "unique" ? null : options.Precision >= 0 ? options.Precision : throw PythonException.Value("precision must be >= 0");
        var finite = values.Where(double.IsFinite).ToList();
        hasExponent = NeedsExponent(finite);
        var isFixed = options.FloatMode == "fixed";
        unique = finite.Count == 0 || !isFixed;
        var hasPlus = this.sign == '+';
        if (finite.Count == 0)
        {
            hasExponent = false;
        }
        else if (hasExponent)
        {
            var texts = finite.ConvertAll(v => FloatDigits.Scientific(v, type, precision, unique, isFixed ? 'k' : '.', hasPlus));
            exponentDigits = texts.Max(t => t.Length - t.IndexOf('e') - 1) - 1;
            trim = 'k';
            precision = minDigits = texts.Max(t => t.IndexOf('e') - t.IndexOf('.') - 1);
            padLeft = texts.Max(t => t.IndexOf('.'));
            padRight = exponentDigits + 2 + precision.Value;
        }
        else
        {
            var texts = finite.ConvertAll(v => FloatDigits.Positional(v, type, precision, unique, isFixed ? 'k' : '.', hasPlus));
            padLeft = texts.Max(t => t.IndexOf('.'));
            padRight = texts.Max(t => t.Length - t.IndexOf('.') - 1);
            if (options.FloatMode is "fixed" or "maxprec_equal")
            {
                precision = minDigits = padRight;
                trim = 'k';
            }
        }
        if (this.sign == ' ' && !finite.Exists(double.IsNegative))
            padLeft++;
        if (finite.Count == values.Count)
            return;
        var signedInfinity = this.sign != '-' || values.Contains(double.NegativeInfinity) ? 1 : 0;
        var offset = padRight + 1;
        padLeft = Math.Max(padLeft, Math.Max(options.NanText.Length - offset, options.InfinityText.Length + signedInfinity - offset));
    }

    /// <summary>One element.</summary>
    internal string Format(double value)
    {
        if (!double.IsFinite(value))
        {
            var text = double.IsNaN(value) ? (sign == '+' ? "+" : "") + options.NanText
                : (value < 0 ? "-" : sign == '+' ? "+" : "") + options.InfinityText;
            return text.PadLeft(Math.Max(0, padLeft + padRight + 1));
        }
        return hasExponent
            ? FloatDigits.Scientific(value, type, precision, unique, trim, sign == '+', minDigits, padLeft, exponentDigits)
            : FloatDigits.Positional(value, type, precision, unique, trim, sign == '+', minDigits, padLeft, padRight);
    }

    private bool NeedsExponent(List<double> finite)
    {
        var (largest, smallest) = (0.0, double.PositiveInfinity);
        foreach (var v in finite)
        {
            if (v == 0)
                continue;
            largest = Math.Max(largest, Math.Abs(v));
            smallest = Math.Min(smallest, Math.Abs(v));
        }
        if (largest == 0)
            return false;
        // numpy divides in the elements' type.
        var ratio = type switch
        {
            DType.Float32 => (float)(largest / smallest),
            DType.Float16 => (double)(Half)(largest / smallest),
            _ => largest / smallest,
        };
        return largest >= 1e8 || (!options.Suppress && (smallest < 0.0001 || ratio > 1000));
    }
}
