using System.Globalization;
using System.Numerics;

namespace Engine.Io.Python;

/// <summary>Splits an expression into tokens.</summary>
internal sealed class PythonLexer
{
    private static readonly string[] Operators = ["**", "//", "<<", ">>", "<=", ">=", "==", "!=", ":=", "..."];

    private readonly string text;
    private readonly List<PythonToken> tokens = [];
    private int at;

    private PythonLexer(string text) => this.text = text;

    /// <exception cref="PythonException">SyntaxError.</exception>
    internal static List<PythonToken> Split(string text)
    {
        var lexer = new PythonLexer(text);
        lexer.Run();
        return lexer.tokens;
    }

    private void Run()
    {
        at = text.Length - text.AsSpan().TrimStart(" \t").Length;
        var depth = 0;
        while (at < text.Length)
        {
            var c = text[at];
            if (c is ' ' or '\t' or '\f')
            {
                at++;
            }
            else if (c is '\n' or '\r')
            {
                // Outside of brackets a line's end is the expression's.
                if (depth == 0 && text.AsSpan(at).IndexOfAnyExcept(" \t\f\r\n") is >= 0 and var rest && text[at + rest] != '#')
                    throw Bad();
                at++;
            }
            else if (c == '#')
            {
                var end = text.IndexOf('\n', at);
                at = end < 0 ? text.Length : end;
            }
            else if (c == '\\' && at + 1 < text.Length && text[at + 1] == '\n')
            {
                at += 2;
            }
            else if (char.IsAsciiDigit(c) || (c == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
            {
                Number();
            }
            else if (c is '"' or '\'')
            {
                String("");
            }
            else if (c == '_' || char.IsLetter(c))
            {
                Word();
            }
            else
            {
                var op = Array.Find(Operators, o => string.CompareOrdinal(text, at, o, 0, o.Length) == 0) ?? c.ToString();
                if (op.Length == 1 && !"()[]{},:=.+-*/%@&|^~<>".Contains(c))
                    throw Bad();
                depth += op is "(" or "[" or "{" ? 1 : op is ")" or "]" or "}" ? -1 : 0;
                at += op.Length;
                tokens.Add(new(PythonToken.Kinds.Operator, op));
            }
        }
        tokens.Add(new(PythonToken.Kinds.End, ""));
    }

    private void Word()
    {
        var start = at;
        while (at < text.Length && (text[at] == '_' || char.IsLetterOrDigit(text[at])))
            at++;
        var word = text[start..at];
        if (at < text.Length && text[at] is '"' or '\'' && word.Length <= 2)
        {
            String(word.ToLowerInvariant());
            return;
        }
        tokens.Add(new(PythonToken.Kinds.Name, word));
    }

    private void String(string prefix)
    {
        if (prefix is not ("" or "r" or "b" or "u" or "br" or "rb"))
            throw Bad();
        tokens.Add(new(PythonToken.Kinds.Literal, "", PythonString.Read(text, ref at, isBytes: prefix.Contains('b'), isRaw: prefix.Contains('r'))));
    }

    private void Number()
    {
        var start = at;
        object value;
        if (text[at] == '0' && at + 1 < text.Length && text[at + 1] is 'x' or 'X' or 'o' or 'O' or 'b' or 'B')
        {
            var radix = char.ToLowerInvariant(text[at + 1]) switch { 'x' => 16, 'o' => 8, _ => 2 };
            at += 2;
            var digits = Digits(radix, mayLeadWithUnderscore: true);
            value = digits.Aggregate(BigInteger.Zero, (sum, d) => sum * radix + System.Convert.ToInt32(d.ToString(), 16));
        }
        else
        {
            value = Decimal(start);
        }
        if (at < text.Length && text[at] is 'j' or 'J' && value is double or BigInteger && !IsBased(start))
        {
            at++;
            value = new Complex(0, value is double d ? d : (double)(BigInteger)value);
        }
        if (at < text.Length && (text[at] == '_' || char.IsLetterOrDigit(text[at])) && !StartsKeyword())
            throw Bad();
        tokens.Add(new(PythonToken.Kinds.Literal, "", value));
    }

    private bool IsBased(int start) => text[start] == '0' && start + 1 < text.Length && "xXoObB".Contains(text[start + 1]);

    // Python takes "1if x else 2" for a number and a word.
    private bool StartsKeyword() => Array.Exists(["if", "else", "in", "is", "and", "or", "not", "for"], k => string.CompareOrdinal(text, at, k, 0, k.Length) == 0);

    private object Decimal(int start)
    {
        var whole = char.IsAsciiDigit(text[at]) ? Digits(10) : "";
        var isFloat = false;
        var number = whole;
        if (at < text.Length && text[at] == '.')
        {
            isFloat = true;
            at++;
            number += ".";
            if (at < text.Length && char.IsAsciiDigit(text[at]))
                number += Digits(10);
        }
        if (at < text.Length && text[at] is 'e' or 'E')
        {
            var sign = at + 1 < text.Length && text[at + 1] is '+' or '-' ? 1 : 0;
            if (at + 1 + sign < text.Length && char.IsAsciiDigit(text[at + 1 + sign]))
            {
                isFloat = true;
                number += "e" + (sign == 1 ? text[at + 1].ToString() : "");
                at += 1 + sign;
                number += Digits(10);
            }
        }
        if (isFloat)
            return double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
        var isImaginary = at < text.Length && text[at] is 'j' or 'J';
        if (whole.Length > 1 && whole[0] == '0' && whole.AsSpan().IndexOfAnyExcept('0') >= 0 && !isImaginary)
            throw Bad();
        // Python refuses longer ones too: they would take quadratic time.
        if (whole.Length > 4300)
            throw Bad();
        return BigInteger.Parse(whole, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private string Digits(int radix, bool mayLeadWithUnderscore = false)
    {
        var digits = new System.Text.StringBuilder();
        var wasDigit = mayLeadWithUnderscore;
        while (at < text.Length)
        {
            var c = text[at];
            if (c == '_' && wasDigit)
            {
                wasDigit = false;
            }
            else if (radix == 16 ? char.IsAsciiHexDigit(c) : c >= '0' && c < '0' + radix)
            {
                digits.Append(c);
                wasDigit = true;
            }
            else
            {
                break;
            }
            at++;
        }
        if (!wasDigit || digits.Length == 0)
            throw Bad();
        return digits.ToString();
    }

    private static PythonException Bad() => PythonException.Syntax("invalid syntax");
}
