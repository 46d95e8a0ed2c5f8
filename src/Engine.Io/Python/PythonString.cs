using System.Globalization;
using System.Text;

namespace Engine.Io.Python;

/// <summary>Reads a string or bytes literal with its escapes.</summary>
internal static class PythonString
{
    /// <param name="text">The expression.</param>
    /// <param name="at">The opening quote; moved behind the closing one.</param>
    /// <param name="isBytes">Whether it has the prefix b.</param>
    /// <param name="isRaw">Whether it has the prefix r.</param>
    /// <returns>A string, or a byte array.</returns>
    /// <exception cref="PythonException">SyntaxError.</exception>
    internal static object Read(string text, ref int at, bool isBytes, bool isRaw)
    {
        var quote = text[at];
        var isTriple = at + 2 < text.Length && text[at + 1] == quote && text[at + 2] == quote;
        at += isTriple ? 3 : 1;
        var value = new StringBuilder();
        while (true)
        {
            if (at >= text.Length)
                throw Unterminated();
            var c = text[at];
            if (c == quote && (!isTriple || (at + 2 < text.Length && text[at + 1] == quote && text[at + 2] == quote)))
            {
                at += isTriple ? 3 : 1;
                break;
            }
            if (c == '\n' && !isTriple)
                throw Unterminated();
            if (isBytes && c > 0x7f)
                throw PythonException.Syntax("bytes can only contain ASCII literal characters");
            at++;
            if (c != '\\')
            {
                value.Append(c);
                continue;
            }
            if (at >= text.Length)
                throw Unterminated();
            if (isRaw)
                value.Append(c).Append(text[at++]);
            else
                Escape(text, ref at, value, isBytes);
        }
        return isBytes ? Encoding.Latin1.GetBytes(value.ToString()) : value.ToString();
    }

    private static void Escape(string text, ref int at, StringBuilder value, bool isBytes)
    {
        var c = text[at++];
        switch (c)
        {
            case '\n':
                return;
            case '\\' or '\'' or '"':
                value.Append(c);
                return;
            case 'a':
                value.Append('\a');
                return;
            case 'b':
                value.Append('\b');
                return;
            case 'f':
                value.Append('\f');
                return;
            case 'n':
                value.Append('\n');
                return;
            case 'r':
                value.Append('\r');
                return;
            case 't':
                value.Append('\t');
                return;
            case 'v':
                value.Append('\v');
                return;
            case >= '0' and <= '7':
                var octal = c - '0';
                for (var i = 0; i < 2 && at < text.Length && text[at] is >= '0' and <= '7'; i++)
                    octal = octal * 8 + (text[at++] - '0');
                value.Append((char)(isBytes ? octal & 0xff : octal));
                return;
            case 'x':
                value.Append((char)Hex(text, ref at, 2));
                return;
            case 'u' when !isBytes:
                value.Append((char)Hex(text, ref at, 4));
                return;
            case 'U' when !isBytes:
                var code = Hex(text, ref at, 8);
                if (code > 0x10ffff)
                    throw PythonException.Syntax("illegal Unicode character");
                if (code is >= 0xd800 and < 0xe000)
                    value.Append((char)code);
                else
                    value.Append(char.ConvertFromUtf32((int)code));
                return;
            case 'N' when !isBytes:
                throw PythonException.Syntax("characters by their Unicode name are not known here");
            default:
                value.Append('\\').Append(c);
                return;
        }
    }

    private static uint Hex(string text, ref int at, int digits)
    {
        if (at + digits > text.Length || !uint.TryParse(text.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            throw PythonException.Syntax("truncated escape");
        at += digits;
        return code;
    }

    private static PythonException Unterminated() => PythonException.Syntax("unterminated string literal");
}
