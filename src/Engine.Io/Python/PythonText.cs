using System.Globalization;
using System.Numerics;
using System.Text;
using Engine.Io.Numpy;

namespace Engine.Io.Python;

/// <summary>Python's <c>repr</c> and <c>str</c> of values.</summary>
internal static class PythonText
{
    /// <summary>What <c>repr(value)</c> is.</summary>
    internal static string Repr(object? value) => value switch
    {
        null => "None",
        bool b => b ? "True" : "False",
        BigInteger i => i.ToString(CultureInfo.InvariantCulture),
        double d => FloatDigits.Scalar(d, DType.Float64),
        Complex c => ComplexText(c),
        string s => Quote(s),
        byte[] bytes => Quote(bytes),
        PythonTuple { Items.Count: 1 } t => $"({Repr(t.Items[0])},)",
        PythonTuple t => $"({Join(t.Items)})",
        List<object?> list => $"[{Join(list)}]",
        PythonSet { Items.Count: 0 } => "set()",
        PythonSet set => $"{{{Join(set.Items)}}}",
        PythonDict dict => $"{{{string.Join(", ", dict.Items.Select(i => $"{Repr(i.Key)}: {Repr(i.Value)}"))}}}",
        PythonEllipsis => "Ellipsis",
        NdArray array => $"array({ArrayPrinter.Print(array, PrintOptions.Default)})",
        _ => value.ToString() ?? "",
    };

    /// <summary>What <c>str(value)</c> is.</summary>
    internal static string Str(object? value) => value switch
    {
        string s => s,
        NdArray array => ArrayPrinter.Print(array, PrintOptions.Default),
        _ => Repr(value),
    };

    /// <summary>The name of a value's class, <c>NoneType</c>, <c>dict</c>, ….</summary>
    internal static string ClassName(object? value) => value switch
    {
        null => "NoneType",
        bool => "bool",
        BigInteger => "int",
        double => "float",
        Complex => "complex",
        string => "str",
        byte[] => "bytes",
        PythonTuple => "tuple",
        List<object?> => "list",
        PythonSet => "set",
        PythonDict => "dict",
        PythonEllipsis => "ellipsis",
        NdArray => "numpy.ndarray",
        _ => value.GetType().Name,
    };

    private static string Join(IReadOnlyList<object?> items) => string.Join(", ", items.Select(Repr));

    private static string ComplexText(Complex c)
    {
        var imaginary = Part(c.Imaginary) + "j";
        if (c.Real == 0 && !double.IsNegative(c.Real))
            return imaginary;
        return $"({Part(c.Real)}{(imaginary[0] == '-' ? "" : "+")}{imaginary})";

        static string Part(double d)
        {
            var text = FloatDigits.Scalar(d, DType.Float64);
            return text.EndsWith(".0", StringComparison.Ordinal) ? text[..^2] : text;
        }
    }

    private static string Quote(string s)
    {
        var quote = s.Contains('\'') && !s.Contains('"') ? '"' : '\'';
        var text = new StringBuilder().Append(quote);
        for (var i = 0; i < s.Length; i++)
        {
            var c = s[i];
            if (c == quote || c == '\\')
                text.Append('\\').Append(c);
            else if (c is '\n' or '\r' or '\t')
                text.Append('\\').Append(c switch { '\n' => 'n', '\r' => 'r', _ => 't' });
            else if (c is < ' ' or '\x7f')
                text.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");
            else if (c < '\x7f')
                text.Append(c);
            else if (char.IsHighSurrogate(c) && i + 1 < s.Length && char.IsLowSurrogate(s[i + 1]))
                AppendRune(text, char.ConvertToUtf32(c, s[++i]));
            else
                AppendRune(text, c);
        }
        return text.Append(quote).ToString();
    }

    private static void AppendRune(StringBuilder text, int code)
    {
        if (IsPrintable(code))
            text.Append(char.ConvertFromUtf32(code));
        else if (code < 0x100)
            text.Append(CultureInfo.InvariantCulture, $"\\x{code:x2}");
        else if (code < 0x10000)
            text.Append(CultureInfo.InvariantCulture, $"\\u{code:x4}");
        else
            text.Append(CultureInfo.InvariantCulture, $"\\U{code:x8}");
    }

    private static bool IsPrintable(int code) => CharUnicodeInfo.GetUnicodeCategory(code) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);

    private static string Quote(byte[] bytes)
    {
        var quote = bytes.Contains((byte)'\'') && !bytes.Contains((byte)'"') ? '"' : '\'';
        var text = new StringBuilder(bytes.Length + 3).Append('b').Append(quote);
        foreach (var b in bytes)
        {
            if (b == quote || b == '\\')
                text.Append('\\').Append((char)b);
            else if (b is (byte)'\n' or (byte)'\r' or (byte)'\t')
                text.Append('\\').Append(b switch { (byte)'\n' => 'n', (byte)'\r' => 'r', _ => 't' });
            else if (b is < 32 or >= 127)
                text.Append(CultureInfo.InvariantCulture, $"\\x{b:x2}");
            else
                text.Append((char)b);
        }
        return text.Append(quote).ToString();
    }
}
